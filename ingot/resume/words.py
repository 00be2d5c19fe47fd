"""Words that tell a job title from an employer, a school from a degree, a place from either."""

from __future__ import annotations

import re

from ingot.resume.foreign_words import CITIES, FOREIGN_TITLES


def _any_of(words: str, *, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.])(?:{'|'.join(words.split())})(?!\w)", flags)


TITLE = _any_of(
    "engineers? engineering developer programmer architect manager director lead leader head chief officer ceo cto cfo coo"
    " cio ciso vp svp evp president vice.president founder co-?founder owner partner principal intern internship trainee"
    " apprentice analyst scientist researcher consultant designer administrator admin specialist coordinator assistant"
    " associate fellow professor lecturer teacher instructor tutor mentor volunteer freelancer? contractor technician"
    " operator tester sre devops writer editor journalist strategist advisor adviser representative supervisor"
    " superintendent secretary clerk accountant auditor nurse physician therapist recruiter producer marketer planner"
    " controller member student postdoc ta ra staff evangelist advocate maintainer author chair executive agent cashier"
    " barista server bartender driver mechanic entwickler ingenieur werkstudent praktikant leiter ambassador buyer"
    " attorney lawyer counsel paralegal librarian photographer artist animator translator pilot chef cook host captain"
    " hacker statistician economist biologist chemist physicist"
    " mathematician curator webmaster dba qa pm"
    f" {FOREIGN_TITLES}"
)
FIRM = _any_of(
    "inc llc ltd gmbh corp corporation company co group technologies solutions systems labs university college institute"
    " bank foundation school hospital agency ag plc s\\.a\\. studios? ventures capital holdings services kg ohg ug e\\.v\\. kgaa sarl sas sasu eurl s\\.l\\. s\\.l\\.u\\. slu"
    " lda ltda s\\.p\\.a\\. spa s\\.r\\.l\\. srl b\\.v\\. bv n\\.v\\. sp\\.",
)
SCHOOL = re.compile(
    r"universit|college|\binstitut|\bschool\b|academy|polytechnic|hochschule|école|ecole|escuela|\bETH\b|\bMIT\b|\bUC\b"
    r"|\bUCLA\b|\bIIT\b|\bNYU\b|gymnasium|bootcamp|\bcampus\b|conservator|seminary|lyc[ée]e|faculty of|\bacademia\b"
    r"|hochschul|universi|universidad|università|uniwersytet|politechnik|polit[ée]cnic|instituto|\bscuola\b|\bliceo\b|\bliceum\b"
    r"|\bfachschule\b|berufsschule|\bschule\b|\bfacult|\bgymnazium|\btechnikum\b|\bakademi|\bhogeschool|\bIUT\b|\bINSA\b|\bTU\b|\bFH\b"
    r"|\bcolegio\b|\bcolégio\b|大学|学院",
    re.IGNORECASE,
)
DEGREE = re.compile(
    r"\b(?:bachelor|master|doctor|diplom|associate'?s? (?:degree|of)|minor in|major in|certificate|high school diploma"
    r"|undergraduate|graduate degree|licen[cs]iat|ingenieur|abitur|baccalaur"
    r"|licence|licenciatura|licenciado|grado en|máster|maestría|mestrado|bacharel|ingenier[íi]a|engenharia|tecnólogo|doctorado"
    r"|doutorado|laurea|dottorato|diploma|magister|inżynier|licencjat|magisterium|diplôme|doctorat|\bDUT\b|\bBTS\b|ausbildung zum"
    r"|ausbildung zur|fachinformatiker|staatsexamen|promotion)"
    r"|(?<![\w.])(?:ph\.?\s?d|m\.?b\.?a|b\.?\s?sc|m\.?\s?sc|b\.?s|m\.?s|b\.?a|m\.?a|b\.?eng|m\.?eng|b\.?e|b\.?tech"
    r"|m\.?tech|m\.?phil|j\.?d|m\.?d|a\.?a|a\.?s|ged|gcse|bca|mca|hsc|ssc|bfa|mfa|llb|llm|meng)\b\.?",
    re.IGNORECASE,
)
_COUNTRIES = (
    "usa|u\\.s\\.a\\.|us|united states|uk|united kingdom|england|scotland|wales|ireland|northern ireland|canada|germany"
    "|deutschland|france|spain|portugal|italy|netherlands|the netherlands|belgium|switzerland|austria|sweden|norway"
    "|denmark|finland|iceland|poland|czech republic|czechia|slovakia|hungary|romania|bulgaria|greece|turkey|türkiye"
    "|ukraine|russia|serbia|croatia|slovenia|estonia|latvia|lithuania|india|pakistan|bangladesh|sri lanka|nepal|china"
    "|hong kong|taiwan|japan|korea|south korea|republic of korea|s\\. ?korea|singapore|malaysia|indonesia|thailand"
    "|vietnam|philippines|australia|new zealand|israel|egypt|united arab emirates|uae|saudi arabia|qatar|iran|iraq"
    "|south africa|nigeria|kenya|ghana|ethiopia|morocco|tunisia|algeria|brazil|brasil|argentina|chile|colombia|peru"
    "|mexico|méxico|uruguay|ecuador|costa rica|luxembourg|cyprus|malta|macedonia|north macedonia|jordan|lebanon"
    "|österreich|schweiz|frankreich|spanien|italien|niederlande|belgien|polen|großbritannien|vereinigtes königreich|usa|suisse"
    "|allemagne|belgique|espagne|italie|pays-bas|royaume-uni|états-unis|españa|francia|alemania|italia|suiza|reino unido"
    "|países bajos|bélgica|polonia|estados unidos|frança|alemanha|espanha|itália|suíça|polónia|polônia|holanda|germania|spagna"
    "|svizzera|portogallo|paesi bassi|nederland|duitsland|frankrijk|spanje|italië|zwitserland|belgië|polska|niemcy|francja"
    "|hiszpania|włochy|holandia|szwajcaria|sverige|norge|danmark|suomi"
)
_STATES = (
    "alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia|hawaii|idaho|illinois"
    "|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi|missouri"
    "|montana|nebraska|nevada|new hampshire|new jersey|new mexico|new york|north carolina|north dakota|ohio|oklahoma"
    "|oregon|pennsylvania|rhode island|south carolina|south dakota|tennessee|texas|utah|vermont|virginia|washington"
    "|west virginia|wisconsin|wyoming|ontario|quebec|québec|british columbia|alberta|bavaria|new south wales|victoria"
    "|queensland|karnataka|maharashtra|tamil nadu|telangana|delhi"
)
_PLACE = re.compile(
    r"(?:(?P<mode>remote|hybrid|on-?site|worldwide)(?:\s*[,(–-].*)?"
    rf"|[^\W\d_][\w.'’ -]{{1,40}},\s*(?:(?-i:[A-Z]{{2,3}})|d\.?c\.?|{_COUNTRIES}|{_STATES})\.?"
    rf"(?:,?\s*(?:\d{{4,6}}|(?-i:[A-Z]{{2,3}})|{_COUNTRIES}))*(?:\s*\((?:\w{{2,3}}|remote|hybrid)\))?"
    rf"|(?:{_COUNTRIES})|(?:{CITIES})(?:\s*/\s*(?:remote|hybrid))?"
    rf"|(?-i:[A-Z]{{1,2}}-)?\d{{4,5}} (?:{CITIES})|(?:{CITIES})\s*\((?:{_COUNTRIES}|[a-z]{{2,3}}|remote|hybrid)\))",
    re.IGNORECASE,
)


# Said of a place, not part of its name: `Springfield, IL (remote)`.
_WORKPLACE = re.compile(r"\s*\((?:fully |partly )?(?:remote|hybrid|on-?site)\)?", re.IGNORECASE)


def is_place(text: str) -> bool:
    """Whether a cell is a place (`Springfield, IL`, `Remote`) and nothing else."""
    text = _WORKPLACE.sub("", text).strip(" ()[],.|•·–—-") or text.strip(" ()[]")
    return _PLACE.fullmatch(text) is not None and not TITLE.search(text.split(",")[0])


def place_in(text: str) -> str:
    """The place at the end of a longer cell (`Acme, Springfield, IL`), or an empty text."""
    pieces = [piece.strip() for piece in text.split(",")]
    for start in range(len(pieces)):
        tail = ", ".join(pieces[start:])
        if is_place(tail) and len(pieces) - start >= 2:
            return tail
    return ""
