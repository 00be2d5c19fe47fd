"""People who do not exist, in eight languages, and the jobs, schools and skills that their résumés tell of."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Tongue:
    """The words of a language: headings in the order experience, education, skills, summary, languages; months; "now"."""

    headings: tuple[str, str, str, str, str]
    months: tuple[str, ...]
    now: str
    titles: tuple[str, ...]
    deeds: tuple[str, ...]
    places: tuple[str, ...]
    degrees: tuple[str, ...]
    names: tuple[str, ...]
    firms: tuple[str, ...]
    schools: tuple[str, ...]
    summary: str
    speaks: str


TONGUES: dict[str, Tongue] = {
    "en": Tongue(
        ("Experience", "Education", "Skills", "Summary", "Languages"),
        tuple("January February March April May June July August September October November December".split()),
        "Present",
        ("Senior Backend Engineer", "Data Analyst", "Site Reliability Engineer", "Product Manager", "Research Intern",
         "Head of Platform", "QA Engineer", "Machine Learning Engineer"),
        ("Halved the time of nightly imports by partitioning the ledger table into months",
         "Ran the on-call rota of four teams and wrote its handbook",
         "Moved 40 services from virtual machines to Kubernetes without an outage",
         "Designed a rate limiter in Go that serves 12,000 requests per second on two small machines",
         "Taught nine colleagues to write property tests, which found 31 defects in the first month",
         "Reduced cloud spending by 38% with smaller images and spot instances"),
        ("Austin, TX", "London, UK", "Denver, Colorado", "Remote", "Toronto, Canada"),
        ("BSc Computer Science", "M.S. in Statistics", "Bachelor of Arts in Linguistics"),
        ("Orla Testwell", "Marcus Fennimore", "Priya Ravenscar", "Jean-Luc O'Bramble", "Tomasina van der Holt"),
        ("Fernglow Systems", "Quillmark", "Tallow & Reed", "Northpeak Inc.", "Brightwater Labs", "Oxbow", "Hollin Health"),
        ("University of Nowhere", "Eastmoor College", "Calder Institute of Technology"),
        "Engineer who likes small services and long-lived databases, and who writes things down.",
        "English (native), Welsh (fluent)",
    ),
    "de": Tongue(
        ("Berufserfahrung", "Ausbildung", "Kenntnisse", "Profil", "Sprachen"),
        tuple("Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()),
        "heute",
        ("Softwareentwicklerin", "Leiter Datenplattform", "Werkstudent Backend", "DevOps-Ingenieur", "IT-Berater"),
        ("Die Laufzeit der nächtlichen Abrechnung von sechs Stunden auf vierzig Minuten gesenkt",
         "Ein Team von fünf Personen fachlich geführt und dessen Bereitschaft aufgebaut",
         "Schnittstellen zu drei Zahlungsdienstleistern in Java entworfen und gepflegt",
         "Überwachung mit Prometheus eingeführt, wodurch Ausfälle im Schnitt 20 Minuten früher auffielen"),
        ("Berlin", "München, Deutschland", "Hamburg", "Zürich, Schweiz"),
        ("M.Sc. Informatik", "Bachelor Wirtschaftsinformatik", "Diplom Physik"),
        ("Jörg Mühlenbrink", "Anneliese Überhagen", "Katharina von Stolzenau"),
        ("Fernglut GmbH", "Mühlrad Systeme AG", "Kiesel & Söhne KG", "Weitblick"),
        ("Technische Universität Nirgendheim", "Hochschule Altmoor", "Universität Quellstadt"),
        "Entwicklerin mit Freude an sauberen Schnittstellen und langlebigen Datenbanken.",
        "Deutsch (Muttersprache), Englisch (verhandlungssicher)",
    ),
    "fr": Tongue(
        ("Expérience professionnelle", "Formation", "Compétences", "Profil", "Langues"),
        tuple("janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()),
        "aujourd'hui",
        ("Développeuse web", "Ingénieur logiciel", "Chef de projet technique", "Stagiaire en science des données"),
        ("Réduit de moitié la durée des imports de nuit grâce à un nouveau découpage des tables",
         "Encadré une équipe de quatre personnes et mis en place les revues de code",
         "Conçu une interface de paiement utilisée par 200 commerçants"),
        ("Lyon, France", "Paris", "Bruxelles, Belgique"),
        ("Master Informatique", "Licence de mathématiques", "Diplôme d'ingénieur"),
        ("Hélène Montferrand-Duval", "Étienne Larivaudière"),
        ("Pierrelune SAS", "Atelier Givre", "Nuage & Fils", "Ventoline SARL"),
        ("Université de Nulle-Part", "École supérieure du Val", "INSA Morlac"),
        "Développeuse attentive à la lisibilité du code et à la durée de vie des systèmes.",
        "Français (langue maternelle), Anglais (courant)",
    ),
    "es": Tongue(
        ("Experiencia laboral", "Formación académica", "Habilidades", "Perfil profesional", "Idiomas"),
        tuple("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()),
        "actualidad",
        ("Ingeniera de software", "Desarrollador backend", "Analista de datos", "Jefe de proyecto"),
        ("Reduje a la mitad el tiempo de las cargas nocturnas con tablas divididas por mes",
         "Dirigí un equipo de cinco personas y organicé sus guardias",
         "Diseñé una pasarela de pagos que usan 300 comercios"),
        ("Madrid, España", "Barcelona", "Bogotá, Colombia"),
        ("Grado en Ingeniería Informática", "Máster en Estadística"),
        ("Íñigo Valdeparra Soto", "María Belén Quintarroyo"),
        ("Luznorte S.L.", "Piedraviva", "Grupo Almazara", "Redciervo S.A."),
        ("Universidad de Ninguna Parte", "Universidad Politécnica del Sur"),
        "Ingeniera que disfruta de los sistemas pequeños y de las bases de datos duraderas.",
        "Español (nativo), Inglés (avanzado)",
    ),
    "pt": Tongue(
        ("Experiência profissional", "Formação acadêmica", "Competências", "Resumo", "Idiomas"),
        tuple("janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro".split()),
        "atual",
        ("Desenvolvedora full stack", "Engenheiro de dados", "Estagiário de TI", "Gestor de produto"),
        ("Reduzi pela metade o tempo das cargas noturnas com tabelas divididas por mês",
         "Liderei uma equipe de quatro pessoas e organizei os plantões"),
        ("São Paulo, Brasil", "Lisboa, Portugal", "Porto"),
        ("Bacharelado em Ciência da Computação", "Mestrado em Estatística"),
        ("João Figueirôa Brandal", "Conceição Sant'Aveleda"),
        ("Nuvemclara Ltda", "Rio Manso Tecnologia", "Serralta"),
        ("Universidade de Lugar Nenhum", "Instituto Superior do Vale"),
        "Desenvolvedora que gosta de serviços pequenos e de código legível.",
        "Português (nativo), Inglês (fluente)",
    ),
    "it": Tongue(
        ("Esperienza lavorativa", "Istruzione e formazione", "Competenze", "Profilo", "Lingue"),
        tuple("gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split()),
        "oggi",
        ("Sviluppatrice backend", "Ingegnere del software", "Responsabile infrastruttura", "Tirocinante"),
        ("Dimezzato il tempo dei caricamenti notturni dividendo le tabelle per mese",
         "Guidato un gruppo di cinque persone e curato i turni di reperibilità"),
        ("Milano, Italia", "Torino", "Bologna, Italia"),
        ("Laurea magistrale in Informatica", "Laurea triennale in Fisica"),
        ("Niccolò Ferradoro", "Maria Chiara Dell'Ombra"),
        ("Lucechiara S.r.l.", "Pontevivo S.p.A.", "Officina Larice"),
        ("Università di Nessundove", "Politecnico di Valfredda"),
        "Sviluppatrice che ama i servizi piccoli e le basi di dati che durano.",
        "Italiano (madrelingua), Inglese (ottimo)",
    ),
    "nl": Tongue(
        ("Werkervaring", "Opleiding", "Vaardigheden", "Profiel", "Talen"),
        tuple("januari februari maart april mei juni juli augustus september oktober november december".split()),
        "heden",
        ("Softwareontwikkelaar", "Data-analist", "Systeembeheerder", "Teamleider Platform"),
        ("De duur van de nachtelijke import gehalveerd door de tabellen per maand te splitsen",
         "Een team van vier mensen geleid en de wachtdienst opgezet"),
        ("Utrecht, Nederland", "Amsterdam", "Gent, België"),
        ("Master Informatica", "Bachelor Wiskunde"),
        ("Sjoerd van den Weijdeveld", "Anouk Terwindt"),
        ("Lichtkade B.V.", "Veenstroom", "Kroonwerk Groep"),
        ("Universiteit van Nergensland", "Hogeschool Veldzicht"),
        "Ontwikkelaar met liefde voor kleine diensten en leesbare code.",
        "Nederlands (moedertaal), Engels (vloeiend)",
    ),
    "pl": Tongue(
        ("Doświadczenie zawodowe", "Wykształcenie", "Umiejętności", "Podsumowanie", "Języki"),
        tuple("styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień".split()),
        "obecnie",
        ("Programista Python", "Inżynier danych", "Kierownik projektu", "Analityk systemowy"),
        ("Skróciłem o połowę czas nocnych importów dzięki podziałowi tabel na miesiące",
         "Kierowałem zespołem pięciu osób i zorganizowałem dyżury"),
        ("Kraków, Polska", "Warszawa", "Gdańsk, Polska"),
        ("Magister Informatyki", "Inżynier Automatyki"),
        ("Świętosława Brzozowicz", "Łukasz Źródłowski"),
        ("Jasnobrzeg Sp. z o.o.", "Mostowa Grupa", "Cichy Las S.A."),
        ("Uniwersytet w Nigdziejowie", "Politechnika Zarzecka"),
        "Programista, który lubi małe usługi i trwałe bazy danych.",
        "Polski (ojczysty), Angielski (biegły)",
    ),
}  # fmt: skip
SKILLS = (
    "Python Go Rust Java TypeScript PostgreSQL Kafka Kubernetes Terraform Docker Redis GraphQL React Spark Airflow AWS Linux C++ C#"
    " .NET Node.js Elasticsearch"
).split()


def person(rng: random.Random, language: str) -> dict[str, Any]:
    """One invented life: name, email, phone, jobs newest first with `(year, month)` starts and ends, schools, skills."""
    tongue = TONGUES[language]
    name = rng.choice(tongue.names)
    folded = unicodedata.normalize("NFKD", name.lower().replace("ł", "l").replace("ß", "ss"))
    address = ".".join(
        "".join(letter for letter in word if letter.isascii() and letter.isalpha()) for word in folded.split()
    )
    firms = rng.sample(tongue.firms, min(len(tongue.firms), rng.randint(2, 4)))
    end: tuple[int, int] | None = None if rng.random() < 0.8 else (2024, rng.randint(1, 12))
    year = 2024
    jobs = []
    for firm in firms:
        begun = (year - rng.randint(1, 3), rng.randint(1, 12))
        jobs.append(
            {
                "company": firm, "title": rng.choice(tongue.titles), "place": rng.choice(tongue.places),
                "start": begun, "end": end,
                "lines": rng.sample(tongue.deeds, rng.randint(2, min(4, len(tongue.deeds)))),
            }
        )  # fmt: skip
        end, year = (begun[0], max(1, begun[1] - 1)), begun[0]
    return {
        "name": name, "email": f"{address}@example.com", "headline": jobs[0]["title"],
        "phone": rng.choice(("+49 30 5550 1234", "(555) 010-4477", "+33 6 55 50 12 34", "+48 555 010 222", "020 7946 0991")),
        "jobs": jobs, "skills": rng.sample(SKILLS, rng.randint(6, 12)), "language": language,
        "place": rng.choice(tongue.places),
        "schools": [
            {"school": school, "degree": degree, "start": year - 4 - 3 * at, "end": year - 1 - 3 * at}
            for at, (school, degree) in enumerate(zip(rng.sample(tongue.schools, 2), rng.sample(tongue.degrees, 2), strict=True))
        ],
    }  # fmt: skip
