"""Job titles in seven languages beside English, and large cities, which often stand without their country."""

from __future__ import annotations

# Stems of feminine and gender-neutral forms stand beside the masculine ones: `entwickler`, `entwicklerin`, `entwickler:in`.
FOREIGN_TITLES = (
    r"\w*entwickler(?:[:*/_]?-?in(?:nen)?)? \w*ingenieur(?:[:*/_]?-?in)? \w*leiter(?:[:*/_]?-?in)? \w*berater(?:[:*/_]?-?in)?"
    r" \w*architekt(?:[:*/_]?-?in)? werkstudent(?:[:*/_]?-?in)? \w*praktikant(?:[:*/_]?-?in)? \w*praktikum"
    r" \w*administrator(?:[:*/_]?-?in)? \w*informatiker(?:[:*/_]?-?in)? \w*mitarbeiter(?:[:*/_]?-?in)? geschäftsführer(?:in)?"
    r" gründer(?:in)? \w*analyst(?:[:*/_]?-?in)? auszubildender? \w*techniker(?:in)? referent(?:in)? sachbearbeiter(?:in)?"
    r" programmierer(?:in)? dozent(?:in)? tutor(?:in)? hilfskraft volontär(?:in)?"
    r" développeu(?:r|se) ingénieure? stagiaire alternante? chef(?:fe)? responsable directeur directrice consultante?"
    r" technicien(?:ne)? architecte analyste administrateur administratrice chercheu(?:r|se) fondateur fondatrice gérante?"
    r" concepteur conceptrice assistante? chargée? apprentie? doctorante? enseignante? professeure?"
    r" desarrollador(?:a)? ingenier[oa] programador(?:a)? analista jef[ea] director(?:a)? responsable consultor(?:a)? técnic[oa]"
    r" arquitect[oa] becari[oa] administrador(?:a)? investigador(?:a)? diseñador(?:a)? fundador(?:a)? gerente coordinador(?:a)?"
    r" profesor(?:a)? ayudante encargad[oa] prácticas"
    r" desenvolvedor(?:a)? engenheir[oa] estagiári[oa] diretor(?:a)? gestor(?:a)? arquitet[oa] pesquisador(?:a)? projetista"
    r" coordenador(?:a)? bolsista fundador(?:a)? programador(?:a)? líder assistente auxiliar"
    r" sviluppat(?:ore|rice) ingegnere programmat(?:ore|rice) responsabile diret(?:tore|trice) consulente tecnic[oa] architetto"
    r" tirocinante stagista analista ricercat(?:ore|rice) progettista fondat(?:ore|rice) sistemista impiegat[oa] docente"
    r" analist ontwikkelaar softwareontwikkelaar programmeur stagiaire?s? beheerder directeur adviseur onderzoeker oprichter"
    r" teamleider systeembeheerder medewerker \w*ontwikkelaar \w*beheerder"
    r" programist(?:a|ka) inżynier kierownik kierowniczka dyrektor analityk stażyst(?:a|ka) deweloper(?:ka)? konsultant(?:ka)?"
    r" administrator(?:ka)? projektant(?:ka)? specjalist(?:a|ka) architekt tester(?:ka)? asystent(?:ka)? założyciel(?:ka)?"
    r" praktykant(?:ka)?"
)
CITIES = (
    "berlin|hamburg|münchen|munich|köln|cologne|frankfurt|frankfurt am main|stuttgart|düsseldorf|leipzig|dresden|hannover"
    "|nürnberg|bremen|karlsruhe|bonn|wien|vienna|graz|linz|salzburg|zürich|zurich|genf|genève|geneva|basel|bern|lausanne"
    "|paris|lyon|marseille|toulouse|bordeaux|lille|nantes|strasbourg|nice|rennes|grenoble|montpellier|brussels|bruxelles"
    "|brussel|antwerp|antwerpen|gent|ghent|amsterdam|rotterdam|utrecht|eindhoven|den haag|the hague|groningen|delft"
    "|london|manchester|birmingham|edinburgh|glasgow|bristol|leeds|liverpool|cambridge|oxford|dublin|cork|belfast"
    "|madrid|barcelona|valencia|sevilla|seville|bilbao|málaga|malaga|zaragoza|lisboa|lisbon|porto|braga|coimbra"
    "|roma|rome|milano|milan|torino|turin|napoli|naples|bologna|firenze|florence|genova|padova|verona"
    "|warszawa|warsaw|kraków|krakow|wrocław|wroclaw|poznań|poznan|gdańsk|gdansk|łódź|lodz|katowice|prague|praha|brno"
    "|budapest|bucharest|sofia|athens|istanbul|ankara|kyiv|moscow|stockholm|gothenburg|göteborg|malmö|oslo|bergen"
    "|copenhagen|københavn|aarhus|helsinki|tallinn|riga|vilnius|new york|new york city|san francisco|los angeles|seattle"
    "|boston|chicago|austin|denver|atlanta|toronto|vancouver|montreal|montréal|mexico city|ciudad de méxico|bogotá|bogota"
    "|lima|santiago|buenos aires|são paulo|sao paulo|rio de janeiro|belo horizonte|curitiba|porto alegre|recife|brasília"
    "|tel aviv|dubai|bangalore|bengaluru|mumbai|delhi|new delhi|hyderabad|chennai|pune|singapore|tokyo|osaka|kyoto|seoul"
    "|beijing|shanghai|shenzhen|hong kong|taipei|sydney|melbourne|brisbane|auckland|nairobi|lagos|cape town|johannesburg"
)
