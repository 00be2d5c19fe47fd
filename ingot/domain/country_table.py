"""The countries of ISO 3166-1, one a line: code, main time zone, then the names it goes by.

A star means that the main zone is only one of several that many people live in; zones of small outlying islands
(Galápagos, Azores, Chatham) do not count.
"""

from __future__ import annotations

COUNTRY_TABLE = """
AD Europe/Andorra Andorra
AE Asia/Dubai United Arab Emirates, UAE, Emirates
AF Asia/Kabul Afghanistan
AG America/Antigua Antigua and Barbuda, Antigua
AI America/Anguilla Anguilla
AL Europe/Tirane Albania
AM Asia/Yerevan Armenia
AO Africa/Luanda Angola
AQ Antarctica/McMurdo* Antarctica
AR America/Argentina/Buenos_Aires Argentina
AS Pacific/Pago_Pago American Samoa
AT Europe/Vienna Austria, Österreich
AU Australia/Sydney* Australia
AW America/Aruba Aruba
AX Europe/Mariehamn Åland Islands, Åland
AZ Asia/Baku Azerbaijan
BA Europe/Sarajevo Bosnia and Herzegovina, Bosnia, Bosnia-Herzegovina
BB America/Barbados Barbados
BD Asia/Dhaka Bangladesh
BE Europe/Brussels Belgium, Belgique, België
BF Africa/Ouagadougou Burkina Faso
BG Europe/Sofia Bulgaria
BH Asia/Bahrain Bahrain
BI Africa/Bujumbura Burundi
BJ Africa/Porto-Novo Benin
BL America/St_Barthelemy Saint Barthélemy
BM Atlantic/Bermuda Bermuda
BN Asia/Brunei Brunei, Brunei Darussalam
BO America/La_Paz Bolivia
BQ America/Kralendijk Caribbean Netherlands, Bonaire
BR America/Sao_Paulo* Brazil, Brasil
BS America/Nassau Bahamas, The Bahamas
BT Asia/Thimphu Bhutan
BV UTC* Bouvet Island
BW Africa/Gaborone Botswana
BY Europe/Minsk Belarus
BZ America/Belize Belize
CA America/Toronto* Canada
CC Indian/Cocos Cocos Islands, Keeling Islands
CD Africa/Kinshasa* Democratic Republic of the Congo, DR Congo, DRC, Congo-Kinshasa
CF Africa/Bangui Central African Republic
CG Africa/Brazzaville Republic of the Congo, Congo, Congo-Brazzaville
CH Europe/Zurich Switzerland, Schweiz, Suisse, Svizzera
CI Africa/Abidjan Côte d'Ivoire, Ivory Coast
CK Pacific/Rarotonga Cook Islands
CL America/Santiago Chile
CM Africa/Douala Cameroon
CN Asia/Shanghai China, PRC, People's Republic of China, Mainland China
CO America/Bogota Colombia
CR America/Costa_Rica Costa Rica
CU America/Havana Cuba
CV Atlantic/Cape_Verde Cape Verde, Cabo Verde
CW America/Curacao Curaçao
CX Indian/Christmas Christmas Island
CY Asia/Nicosia Cyprus
CZ Europe/Prague Czech Republic, Czechia, Česko
DE Europe/Berlin Germany, Deutschland, Federal Republic of Germany
DJ Africa/Djibouti Djibouti
DK Europe/Copenhagen Denmark, Danmark
DM America/Dominica Dominica
DO America/Santo_Domingo Dominican Republic
DZ Africa/Algiers Algeria
EC America/Guayaquil Ecuador
EE Europe/Tallinn Estonia, Eesti
EG Africa/Cairo Egypt
EH Africa/El_Aaiun Western Sahara
ER Africa/Asmara Eritrea
ES Europe/Madrid Spain, España
ET Africa/Addis_Ababa Ethiopia
FI Europe/Helsinki Finland, Suomi
FJ Pacific/Fiji Fiji
FK Atlantic/Stanley Falkland Islands, Falklands
FM Pacific/Pohnpei* Micronesia
FO Atlantic/Faroe Faroe Islands, Faroes
FR Europe/Paris France
GA Africa/Libreville Gabon
GB Europe/London United Kingdom, Great Britain, Britain, England, Scotland, Wales, Northern Ireland, UK
GD America/Grenada Grenada
GE Asia/Tbilisi Georgia
GF America/Cayenne French Guiana
GG Europe/Guernsey Guernsey, Bailiwick of Guernsey
GH Africa/Accra Ghana
GI Europe/Gibraltar Gibraltar
GL America/Nuuk* Greenland
GM Africa/Banjul Gambia, The Gambia
GN Africa/Conakry Guinea
GP America/Guadeloupe Guadeloupe
GQ Africa/Malabo Equatorial Guinea
GR Europe/Athens Greece, Hellas
GS Atlantic/South_Georgia South Georgia and the South Sandwich Islands, South Georgia
GT America/Guatemala Guatemala
GU Pacific/Guam Guam
GW Africa/Bissau Guinea-Bissau
GY America/Guyana Guyana
HK Asia/Hong_Kong Hong Kong, Hong Kong SAR
HM UTC* Heard Island and McDonald Islands, Heard Island
HN America/Tegucigalpa Honduras
HR Europe/Zagreb Croatia, Hrvatska
HT America/Port-au-Prince Haiti
HU Europe/Budapest Hungary, Magyarország
ID Asia/Jakarta* Indonesia
IE Europe/Dublin Ireland, Republic of Ireland, Éire
IL Asia/Jerusalem Israel
IM Europe/Isle_of_Man Isle of Man
IN Asia/Kolkata India, Bharat
IO Indian/Chagos British Indian Ocean Territory
IQ Asia/Baghdad Iraq
IR Asia/Tehran Iran, Islamic Republic of Iran
IS Atlantic/Reykjavik Iceland, Ísland
IT Europe/Rome Italy, Italia
JE Europe/Jersey Jersey, Bailiwick of Jersey
JM America/Jamaica Jamaica
JO Asia/Amman Jordan
JP Asia/Tokyo Japan, Nippon
KE Africa/Nairobi Kenya
KG Asia/Bishkek Kyrgyzstan
KH Asia/Phnom_Penh Cambodia
KI Pacific/Tarawa* Kiribati
KM Indian/Comoro Comoros
KN America/St_Kitts Saint Kitts and Nevis, St Kitts and Nevis, Saint Kitts, St Kitts
KP Asia/Pyongyang North Korea, Democratic People's Republic of Korea, DPRK
KR Asia/Seoul South Korea, Republic of Korea, Korea
KW Asia/Kuwait Kuwait
KY America/Cayman Cayman Islands
KZ Asia/Almaty Kazakhstan
LA Asia/Vientiane Laos, Lao PDR
LB Asia/Beirut Lebanon
LC America/St_Lucia Saint Lucia, St Lucia
LI Europe/Vaduz Liechtenstein
LK Asia/Colombo Sri Lanka
LR Africa/Monrovia Liberia
LS Africa/Maseru Lesotho
LT Europe/Vilnius Lithuania, Lietuva
LU Europe/Luxembourg Luxembourg, Luxemburg
LV Europe/Riga Latvia, Latvija
LY Africa/Tripoli Libya
MA Africa/Casablanca Morocco
MC Europe/Monaco Monaco
MD Europe/Chisinau Moldova, Republic of Moldova
ME Europe/Podgorica Montenegro
MF America/Marigot Saint Martin
MG Indian/Antananarivo Madagascar
MH Pacific/Majuro Marshall Islands
MK Europe/Skopje North Macedonia, Macedonia
ML Africa/Bamako Mali
MM Asia/Yangon Myanmar, Burma
MN Asia/Ulaanbaatar* Mongolia
MO Asia/Macau Macau, Macao
MP Pacific/Saipan Northern Mariana Islands
MQ America/Martinique Martinique
MR Africa/Nouakchott Mauritania
MS America/Montserrat Montserrat
MT Europe/Malta Malta
MU Indian/Mauritius Mauritius
MV Indian/Maldives Maldives
MW Africa/Blantyre Malawi
MX America/Mexico_City* Mexico, México
MY Asia/Kuala_Lumpur Malaysia
MZ Africa/Maputo Mozambique
NA Africa/Windhoek Namibia
NC Pacific/Noumea New Caledonia
NE Africa/Niamey Niger
NF Pacific/Norfolk Norfolk Island
NG Africa/Lagos Nigeria
NI America/Managua Nicaragua
NL Europe/Amsterdam Netherlands, The Netherlands, Holland, Nederland
NO Europe/Oslo Norway, Norge
NP Asia/Kathmandu Nepal
NR Pacific/Nauru Nauru
NU Pacific/Niue Niue
NZ Pacific/Auckland New Zealand, Aotearoa
OM Asia/Muscat Oman
PA America/Panama Panama
PE America/Lima Peru
PF Pacific/Tahiti* French Polynesia
PG Pacific/Port_Moresby* Papua New Guinea
PH Asia/Manila Philippines, The Philippines
PK Asia/Karachi Pakistan
PL Europe/Warsaw Poland, Polska
PM America/Miquelon Saint Pierre and Miquelon, Saint Pierre
PN Pacific/Pitcairn Pitcairn Islands, Pitcairn
PR America/Puerto_Rico Puerto Rico
PS Asia/Hebron Palestine, State of Palestine
PT Europe/Lisbon Portugal
PW Pacific/Palau Palau
PY America/Asuncion Paraguay
QA Asia/Qatar Qatar
RE Indian/Reunion Réunion
RO Europe/Bucharest Romania, România
RS Europe/Belgrade Serbia, Srbija
RU Europe/Moscow* Russia, Russian Federation
RW Africa/Kigali Rwanda
SA Asia/Riyadh Saudi Arabia, KSA, Kingdom of Saudi Arabia
SB Pacific/Guadalcanal Solomon Islands
SC Indian/Mahe Seychelles
SD Africa/Khartoum Sudan
SE Europe/Stockholm Sweden, Sverige
SG Asia/Singapore Singapore
SH Atlantic/St_Helena Saint Helena, St Helena
SI Europe/Ljubljana Slovenia, Slovenija
SJ Arctic/Longyearbyen Svalbard and Jan Mayen, Svalbard
SK Europe/Bratislava Slovakia, Slovensko, Slovak Republic
SL Africa/Freetown Sierra Leone
SM Europe/San_Marino San Marino
SN Africa/Dakar Senegal
SO Africa/Mogadishu Somalia
SR America/Paramaribo Suriname
SS Africa/Juba South Sudan
ST Africa/Sao_Tome São Tomé and Príncipe, São Tomé
SV America/El_Salvador El Salvador
SX America/Lower_Princes Sint Maarten, St Maarten
SY Asia/Damascus Syria, Syrian Arab Republic
SZ Africa/Mbabane Eswatini, Swaziland
TC America/Grand_Turk Turks and Caicos Islands, Turks and Caicos, Turks
TD Africa/Ndjamena Chad
TF Indian/Kerguelen French Southern Territories
TG Africa/Lome Togo
TH Asia/Bangkok Thailand
TJ Asia/Dushanbe Tajikistan
TK Pacific/Fakaofo Tokelau
TL Asia/Dili Timor-Leste, East Timor
TM Asia/Ashgabat Turkmenistan
TN Africa/Tunis Tunisia
TO Pacific/Tongatapu Tonga
TR Europe/Istanbul Turkey, Türkiye
TT America/Port_of_Spain Trinidad and Tobago, Trinidad
TV Pacific/Funafuti Tuvalu
TW Asia/Taipei Taiwan, Republic of China
TZ Africa/Dar_es_Salaam Tanzania, United Republic of Tanzania
UA Europe/Kyiv Ukraine
UG Africa/Kampala Uganda
UM Pacific/Midway* US Minor Outlying Islands
US America/New_York* United States, USA, US, United States of America, The United States
UY America/Montevideo Uruguay
UZ Asia/Tashkent Uzbekistan
VA Europe/Vatican Vatican City, Vatican, Holy See
VC America/St_Vincent Saint Vincent and the Grenadines, St Vincent, Saint Vincent
VE America/Caracas Venezuela
VG America/Tortola British Virgin Islands
VI America/St_Thomas US Virgin Islands, United States Virgin Islands
VN Asia/Ho_Chi_Minh Vietnam, Viet Nam
VU Pacific/Efate Vanuatu
WF Pacific/Wallis Wallis and Futuna, Wallis
WS Pacific/Apia Samoa
YE Asia/Aden Yemen
YT Indian/Mayotte Mayotte
ZA Africa/Johannesburg South Africa
ZM Africa/Lusaka Zambia
ZW Africa/Harare Zimbabwe
"""

# Country codes that the whole world uses for their look: such a domain says nothing about a country.
GENERIC_DOMAINS = frozenset(
    """
    ag ai am bi bz cc cf cm co cx dj dm do fm ga gd gg gl gq gs hn ht im io la lc ly md me ml mn ms mu nu pm pw re sc sh
    so sr st sx tc tf tk tl to tv vc vg vu wf ws yt
    """.split()
)
