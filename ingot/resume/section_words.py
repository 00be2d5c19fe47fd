"""The words that open the parts of a résumé, in eight languages. "and" stands for the word of each of them."""

from __future__ import annotations

from enum import Enum


class Section(Enum):
    """What a part of the résumé is about; `other` is a heading that is not used further."""

    header = "header"
    summary = "summary"
    experience = "experience"
    education = "education"
    projects = "projects"
    skills = "skills"
    contact = "contact"
    other = "other"


_ENGLISH: dict[Section, str] = {
    Section.summary: "summary|about|about me|profile|personal profile|objective|career objective|personal statement"
    "|professional summary|executive summary|career summary|summary of qualifications|introduction|bio|biography",
    Section.experience: "experience|work experience|professional experience|employment|employment history|work history"
    "|work|career|career history|relevant experience|industry experience|internships|internship experience|internship"
    "|experiences|positions|professional background|work and experience|job experience|research experience"
    "|teaching experience|military experience|leadership experience|career experience|technical experience"
    "|engineering experience|other experience|additional experience|selected experience|positions held",
    Section.education: "education|academic background|education and training|academic history|studies|qualifications"
    "|academic qualifications|educational background|education and qualifications|academics|schooling",
    Section.projects: "projects|personal projects|side projects|selected projects|open source|open source projects"
    "|key projects|academic projects|projects experience|project experience|technical projects|notable projects"
    "|open source contributions|research projects|relevant projects|project",
    Section.skills: "skills|technical skills|core skills|key skills|skills and tools|technologies|core competencies"
    "|competencies|expertise|areas of expertise|technical expertise|skill set|tech stack|skills and technologies"
    "|tools|tools and technologies|technical proficiencies|professional skills|programming|programming skills"
    "|strengths|technical strengths|hard skills|soft skills|skills and expertise|computer skills|featured skills"
    "|specialties|skills summary|relevant skills|skills and abilities|programming languages|technologies and tools",
    Section.contact: "contact|contact me|contact information|contact details|personal details|personal information"
    "|links|find me online|personal data|social|profiles|contacts",
    Section.other: "awards|honors|honours|honors and awards|awards and honors|achievements|accomplishments|publications"
    "|selected publications|certifications|certificates|certification|licenses and certifications|languages|interests"
    "|hobbies|volunteering|volunteer|volunteer experience|volunteer work|references|patents|talks|presentations"
    "|activities|extracurricular activities|courses|coursework|relevant coursework|memberships|training|affiliations"
    "|societies|research|teaching|committees|writing|community|hobbies and interests|extra curricular activity"
    "|most proud of|life philosophy|referees|scholarships|selected honors|invited talks|background|leadership"
    "|leadership and activities|awards and achievements|program committees|conferences|a day of my life|speaking",
}
# German, French, Spanish, Portuguese, Italian, Dutch, Polish.
_FOREIGN: dict[Section, str] = {
    Section.summary: "profil|kurzprofil|über mich|zusammenfassung|persönliches profil|berufliches profil|zielsetzung"
    "|à propos|à propos de moi|profil professionnel|résumé|objectif|présentation|accroche"
    "|perfil|perfil profesional|sobre mí|sobre mi|resumen|resumen profesional|objetivo|extracto"
    "|perfil profissional|sobre mim|sobre|resumo|resumo profissional|resumo de qualificações|objetivo profissional"
    "|profilo|profilo professionale|profilo personale|chi sono|riepilogo|sommario|obiettivo"
    "|profiel|persoonlijk profiel|over mij|samenvatting"
    "|o mnie|podsumowanie|profil zawodowy|podsumowanie zawodowe|cel zawodowy",
    Section.experience: "berufserfahrung|berufliche erfahrung|berufliche erfahrungen|berufspraxis|erfahrung|erfahrungen"
    "|beruflicher werdegang|werdegang|praktische erfahrung|praktika|arbeitserfahrung|berufliche stationen|praxiserfahrung"
    "|tätigkeiten|berufliche tätigkeit|beruflicher hintergrund|projekterfahrung"
    "|expérience|expériences|expérience professionnelle|expériences professionnelles|parcours professionnel|parcours"
    "|stages|emplois|carrière"
    "|experiencia|experiencia laboral|experiencia profesional|experiencias|trayectoria profesional|historial laboral|empleo"
    "|experiência|experiência profissional|experiências profissionais|experiências|histórico profissional"
    "|trajetória profissional|percurso profissional"
    "|esperienza|esperienze|esperienza lavorativa|esperienze lavorative|esperienza professionale"
    "|esperienze professionali|carriera|percorso professionale"
    "|werkervaring|ervaring|loopbaan|werkgeschiedenis|stages and werkervaring|beroepservaring|arbeidsverleden"
    "|doświadczenie|doświadczenie zawodowe|przebieg kariery|historia zatrudnienia|praktyki|kariera",
    Section.education: "ausbildung|bildung|bildungsweg|studium|akademischer werdegang|schulbildung|ausbildung and studium"
    "|studium and ausbildung|akademische ausbildung|hochschulbildung|bildungsgang|schulische ausbildung|hochschulstudium"
    "|formation|formations|études|éducation|diplômes|formation académique|parcours académique|scolarité|cursus"
    "|diplômes and formations|formation and diplômes"
    "|educación|formación|formación académica|estudios|educación and formación|formación reglada"
    "|educação|formação|formação acadêmica|formação académica|escolaridade|habilitações literárias|habilitações"
    "|istruzione|formazione|istruzione and formazione|studi|titoli di studio|formazione accademica|educazione"
    "|opleiding|opleidingen|onderwijs|studie|studies"
    "|wykształcenie|edukacja|studia",
    Section.projects: "projekte|persönliche projekte|eigene projekte|projektauswahl|ausgewählte projekte"
    "|projets|projets personnels|réalisations"
    "|proyectos|proyectos personales|proyectos destacados"
    "|projetos|projetos pessoais"
    "|progetti|progetti personali"
    "|projecten|persoonlijke projecten"
    "|projekty|własne projekty|projekty własne",
    Section.skills: "kenntnisse|fähigkeiten|kompetenzen|fachkenntnisse|technische kenntnisse|it kenntnisse|edv kenntnisse"
    "|technische fähigkeiten|fertigkeiten|kernkompetenzen|kenntnisse and fähigkeiten|fähigkeiten and kenntnisse"
    "|technologien|programmierkenntnisse|besondere kenntnisse|qualifikationen|werkzeuge|fachliche kompetenzen"
    "|compétences|compétences techniques|compétences clés|compétences informatiques|savoir faire|outils|informatique"
    "|competencias|habilidades|competencias técnicas|habilidades técnicas|conocimientos|conocimientos técnicos|aptitudes"
    "|conocimientos informáticos|tecnologías|herramientas"
    "|competências|competências técnicas|conhecimentos|conhecimentos técnicos|tecnologias|ferramentas"
    "|habilidades técnicas and comportamentais|aptidões"
    "|competenze|competenze tecniche|capacità|abilità|conoscenze|conoscenze informatiche|tecnologie|competenze informatiche"
    "|strumenti|competenze digitali"
    "|vaardigheden|competenties|technische vaardigheden|kennis|kennis and vaardigheden|technologieën"
    "|umiejętności|kompetencje|umiejętności techniczne|technologie|umiejętności and kompetencje|narzędzia",
    Section.contact: "kontakt|persönliche daten|persönliche angaben|kontaktdaten|angaben zur person|zur person"
    "|coordonnées|informations personnelles|état civil"
    "|contacto|datos personales|información de contacto|datos de contacto|información personal"
    "|contato|contactos|dados pessoais|informações pessoais|informações de contato"
    "|contatti|dati personali|informazioni personali|contatto"
    "|contactgegevens|persoonlijke gegevens|persoonsgegevens|persoonlijke informatie"
    "|dane kontaktowe|dane osobowe|dane",
    Section.other: "sprachen|sprachkenntnisse|interessen|hobbys|auszeichnungen|zertifikate|zertifizierungen|referenzen"
    "|ehrenamt|ehrenamtliche tätigkeit|veröffentlichungen|publikationen|weiterbildung|weiterbildungen|fortbildungen"
    "|preise|engagement|ehrenamtliches engagement|hobbys and interessen|interessen and hobbys|stipendien|sonstiges"
    "|langues|centres d intérêt|centres d intérêts|loisirs|intérêts|distinctions|bénévolat|références|prix|divers"
    "|idiomas|intereses|aficiones|premios|certificaciones|certificados|publicaciones|voluntariado|referencias|cursos"
    "|reconocimientos|otros datos|otros"
    "|interesses|prêmios|prémios|certificações|certificados|publicações|referências|cursos complementares|hobbies"
    "|trabalho voluntário|outros"
    "|lingue|conoscenze linguistiche|interessi|premi|certificazioni|pubblicazioni|volontariato|referenze|corsi|hobby"
    "|lingue straniere|altro"
    "|talen|taalvaardigheden|talenkennis|interesses|hobby s|hobby's|prijzen|certificaten|publicaties|vrijwilligerswerk"
    "|referenties|cursussen|trainingen"
    "|języki|języki obce|znajomość języków|zainteresowania|hobby|nagrody|certyfikaty|publikacje|wolontariat|referencje"
    "|kursy|szkolenia|osiągnięcia",
}
HEADINGS = {section: f"{names}|{_FOREIGN[section]}" for section, names in _ENGLISH.items() if section in _FOREIGN}
