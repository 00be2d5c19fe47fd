"""States, provinces and cities by which a place is known when its country is not written, or has several time zones."""

from __future__ import annotations

# Code, main zone (a star: another one holds a large part of the people), then names.
REGION_TABLE = """
US-AL America/Chicago Alabama
US-AK America/Anchorage Alaska
US-AZ America/Phoenix Arizona
US-AR America/Chicago Arkansas
US-CA America/Los_Angeles California
US-CO America/Denver Colorado
US-CT America/New_York Connecticut
US-DE America/New_York Delaware
US-DC America/New_York District of Columbia
US-FL America/New_York Florida
US-GA America/New_York Georgia
US-HI Pacific/Honolulu Hawaii
US-ID America/Boise Idaho
US-IL America/Chicago Illinois
US-IN America/Indiana/Indianapolis Indiana
US-IA America/Chicago Iowa
US-KS America/Chicago Kansas
US-KY America/New_York* Kentucky
US-LA America/Chicago Louisiana
US-ME America/New_York Maine
US-MD America/New_York Maryland
US-MA America/New_York Massachusetts
US-MI America/Detroit Michigan
US-MN America/Chicago Minnesota
US-MS America/Chicago Mississippi
US-MO America/Chicago Missouri
US-MT America/Denver Montana
US-NE America/Chicago Nebraska
US-NV America/Los_Angeles Nevada
US-NH America/New_York New Hampshire
US-NJ America/New_York New Jersey, Jersey
US-NM America/Denver New Mexico
US-NY America/New_York New York, New York State, Upstate New York
US-NC America/New_York North Carolina
US-ND America/Chicago North Dakota
US-OH America/New_York Ohio
US-OK America/Chicago Oklahoma
US-OR America/Los_Angeles Oregon
US-PA America/New_York Pennsylvania
US-RI America/New_York Rhode Island
US-SC America/New_York South Carolina
US-SD America/Chicago* South Dakota
US-TN America/Chicago* Tennessee
US-TX America/Chicago Texas
US-UT America/Denver Utah
US-VT America/New_York Vermont
US-VA America/New_York Virginia
US-WA America/Los_Angeles Washington, Washington State
US-WV America/New_York West Virginia
US-WI America/Chicago Wisconsin
US-WY America/Denver Wyoming
CA-AB America/Edmonton Alberta
CA-BC America/Vancouver British Columbia
CA-MB America/Winnipeg Manitoba
CA-NB America/Moncton New Brunswick
CA-NL America/St_Johns Newfoundland and Labrador, Newfoundland, Labrador
CA-NS America/Halifax Nova Scotia
CA-NT America/Edmonton Northwest Territories
CA-NU America/Iqaluit* Nunavut
CA-ON America/Toronto Ontario
CA-PE America/Halifax Prince Edward Island
CA-QC America/Toronto Quebec
CA-SK America/Regina Saskatchewan
CA-YT America/Whitehorse Yukon
AU-ACT Australia/Sydney Australian Capital Territory
AU-NSW Australia/Sydney New South Wales
AU-NT Australia/Darwin Northern Territory
AU-QLD Australia/Brisbane Queensland
AU-SA Australia/Adelaide South Australia
AU-TAS Australia/Hobart Tasmania
AU-VIC Australia/Melbourne Victoria
AU-WA Australia/Perth Western Australia
"""

# Region or country, a zone where it differs from the main one, then cities. A tilde marks the lesser namesake, which is
# meant only where the text says so. A city of a country with one zone is here only because texts name it alone.
CITY_TABLE = """
US-AL Birmingham, Huntsville, Montgomery
US-AK Anchorage, Juneau
US-AZ Phoenix, Tucson, Scottsdale, Tempe, Mesa, Chandler, Flagstaff
US-AR Little Rock, Bentonville, Fayetteville
US-CA San Francisco, SF, San Francisco Bay, Bay Area, SF Bay, Silicon Valley, South San Francisco, Los Angeles, San Diego, San Jose
US-CA Oakland, Berkeley, Palo Alto, East Palo Alto, Menlo Park, Mountain View, Sunnyvale, Santa Clara, San Mateo, Cupertino
US-CA Redwood City, Redwood Shores, San Carlos, Burlingame, Foster City, San Bruno, Millbrae, Belmont, Los Altos, Los Gatos
US-CA Campbell, Milpitas, Fremont, Hayward, Pleasanton, Livermore, Walnut Creek, Emeryville, Alameda, San Rafael, Sausalito
US-CA Sacramento, Davis, Santa Cruz, Santa Barbara, San Luis Obispo, Santa Monica, Venice Beach, Culver City, El Segundo
US-CA Pasadena, Glendale, Burbank, Long Beach, Torrance, Hawthorne, Irvine, Costa Mesa, Newport Beach, Anaheim, Santa Ana
US-CA Carlsbad, Encinitas, La Jolla, Fresno, Bakersfield, Stanford, Malibu, Manhattan Beach, Playa Vista, ~Ontario, ~Venice
US-CO Denver, Boulder, Colorado Springs, Fort Collins, Broomfield
US-CT New Haven, Hartford, Stamford, New London
US-DE Wilmington, Dover, ~Newark
US-DC Washington, Washington DC
US-FL Miami, Miami Beach, Orlando, Tampa, Jacksonville, Fort Lauderdale, Boca Raton, Gainesville
US-FL West Palm Beach, Tallahassee, ~Melbourne, ~Naples, ~Panama City, ~St Petersburg, ~Saint Petersburg
US-FL America/Chicago Pensacola
US-GA Atlanta, ~Athens, Savannah, Alpharetta
US-HI Honolulu
US-ID Boise, ~Moscow
US-IL Chicago, Evanston, Champaign, Urbana, Naperville
US-IN Indianapolis, Bloomington, South Bend, West Lafayette
US-IA Des Moines, Iowa City, Cedar Rapids
US-KS Wichita, Overland Park, ~Kansas City
US-KY Lexington, Louisville
US-LA New Orleans, Baton Rouge
US-ME ~Portland
US-MD Baltimore, Bethesda, Rockville, Annapolis, Silver Spring
US-MA Boston, Cambridge, Somerville, New England, Waltham, ~Lexington
US-MI Detroit, Ann Arbor, Grand Rapids, Lansing
US-MN Minneapolis, St Paul, Saint Paul
US-MO Kansas City, St Louis, Saint Louis
US-MT Bozeman, Missoula, Billings
US-NE Omaha, ~Lincoln
US-NV Las Vegas, Reno, Henderson
US-NH Nashua, ~Manchester, ~Portsmouth
US-NJ Jersey City, Hoboken, Princeton, Newark, Trenton, Jersey Shore
US-NM Albuquerque, Santa Fe, Los Alamos
US-NY New York City, NYC, New York, Manhattan, Brooklyn, Queens, Bronx, Staten Island, Long Island, Buffalo, Ithaca, Albany
US-NY Rochester, Syracuse, White Plains, Yonkers
US-NC Raleigh, Durham, Charlotte, Chapel Hill, Research Triangle, Greensboro, Asheville, ~Wilmington
US-OH Columbus, Cleveland, Cincinnati, Dayton, ~Dublin
US-OK Oklahoma City, Tulsa
US-OR Portland, Eugene, Beaverton, Hillsboro
US-PA Philadelphia, Pittsburgh, State College, Harrisburg
US-RI Providence
US-SC Charleston, Greenville, ~Columbia
US-TN Nashville, Memphis
US-TN America/New_York Knoxville, Chattanooga
US-TX Austin, Dallas, Houston, San Antonio, Fort Worth, Plano, Irving, Frisco, Richardson, Round Rock, ~Arlington, ~Paris
US-TX America/Denver El Paso
US-UT Salt Lake City, Provo, Lehi, Park City, Draper, Ogden
US-VT Burlington
US-VA Arlington, Alexandria, Reston, McLean, Herndon, Charlottesville, Norfolk, Blacksburg, Richmond, Tysons
US-WA Seattle, Bellevue, Redmond, Kirkland, Tacoma, Spokane, Olympia, ~Vancouver
US-WI Madison, Milwaukee
CA-AB Calgary, Edmonton
CA-BC Vancouver, Burnaby, Kelowna, Victoria, ~Richmond
CA-MB Winnipeg
CA-NB Moncton, Fredericton
CA-NL St John's, Saint John's
CA-NS Halifax
CA-ON Toronto, Ottawa, Waterloo, Kitchener, Mississauga, Markham, Hamilton, Guelph, Kingston, ~London, ~Cambridge
CA-QC Montreal, Quebec City, Laval, Gatineau, Sherbrooke
CA-SK Saskatoon, Regina
AU-ACT Canberra
AU-NSW Sydney, Wollongong, ~Newcastle
AU-NT Darwin
AU-QLD Brisbane, Gold Coast, Cairns
AU-SA Adelaide
AU-TAS Hobart
AU-VIC Melbourne, Geelong
AU-WA Perth
BR America/Sao_Paulo São Paulo, Rio de Janeiro, Belo Horizonte, Curitiba, Porto Alegre, Brasília, Florianópolis, Campinas
BR America/Recife Recife
BR America/Fortaleza Fortaleza
BR America/Bahia Salvador
BR America/Manaus Manaus
MX America/Mexico_City Mexico City, CDMX, Ciudad de México, Guadalajara, Querétaro, Puebla
MX America/Monterrey Monterrey
MX America/Tijuana Tijuana
MX America/Cancun Cancún
ID Asia/Jakarta Jakarta, Bandung, Yogyakarta, Surabaya
ID Asia/Makassar Bali, Denpasar
RU Europe/Moscow Moscow, Saint Petersburg, St Petersburg, Kazan, Sochi
RU Asia/Yekaterinburg Yekaterinburg
RU Asia/Novosibirsk Novosibirsk
MN Asia/Ulaanbaatar Ulaanbaatar
CD Africa/Kinshasa Kinshasa
ES Atlantic/Canary Las Palmas, Gran Canaria, Tenerife, Canary Islands
PT Atlantic/Azores Azores, Ponta Delgada
AE Dubai, Abu Dhabi
AR Buenos Aires, ~Córdoba, Rosario
AT Vienna, Wien, Graz, Linz, Salzburg, Innsbruck
BD Dhaka
BE Brussels, Bruxelles, Antwerp, Antwerpen, Ghent, Gent, Leuven
BG Sofia
CH Zurich, Zürich, Geneva, Genève, Lausanne, Basel, Bern, Zug, Lugano
CL Santiago
CN Beijing, Shanghai, Shenzhen, Guangzhou, Hangzhou
CO Bogota, Medellin
CR ~San José
CZ Prague, Praha, Brno
DE Berlin, Munich, München, Hamburg, Cologne, Köln, Frankfurt, Stuttgart, Düsseldorf, Leipzig, Dresden, Karlsruhe, Heidelberg
DE Hannover, Hanover, Nuremberg, Nürnberg, Bremen, Freiburg, Potsdam, Aachen, Bonn, Mannheim, Darmstadt, Münster, Tübingen
DK Copenhagen, København, Aarhus
EE Tallinn, Tartu
EG Cairo
ES Madrid, Barcelona, Valencia, Seville, Sevilla, Málaga, Bilbao, Córdoba
ET Addis Ababa
FI Helsinki, Espoo, Tampere, Oulu
FR Paris, Lyon, Toulouse, Marseille, Bordeaux, Nantes, Lille, Grenoble, Montpellier, Rennes, Strasbourg, Sophia Antipolis
GB London, Manchester, Birmingham, Edinburgh, Glasgow, Bristol, Cambridge, Oxford, Leeds, Liverpool, Belfast, Cardiff
GB Brighton, Newcastle, Sheffield, Nottingham, Southampton, Greater London
GE Tbilisi, Batumi
GH Accra
GR Athens, Thessaloniki
HR Zagreb
HU Budapest
IE Dublin, Cork, Galway, Limerick
IL Tel Aviv, Tel Aviv-Yafo, Jerusalem, Haifa, Herzliya
IN Bengaluru, Bangalore, Mumbai, New Delhi, Delhi, Gurgaon, Gurugram, Noida, Hyderabad, Pune, Chennai, Kolkata, Ahmedabad
IN Jaipur, Kochi, Indore, Goa
IT Rome, Roma, Milan, Milano, Turin, Torino, Bologna, Florence, Venice, Naples
JM ~Kingston
JE St Helier
JP Tokyo, Osaka, Kyoto, Fukuoka
KE Nairobi
KR Seoul, Busan
LT Vilnius, Kaunas
LV Riga
MA Casablanca, Rabat
MY Kuala Lumpur, Penang
NG Lagos, Abuja
NL Amsterdam, Rotterdam, Utrecht, The Hague, Den Haag, Eindhoven, Delft
NO Oslo, Bergen, Trondheim
NP Kathmandu
NZ Auckland, Wellington, Christchurch, ~Hamilton
PE Lima
PH Manila, Makati, Cebu
PK Karachi, Lahore, Islamabad, ~Hyderabad
PL Warsaw, Warszawa, Kraków, Wrocław, Gdańsk, Poznań
PT Lisbon, Lisboa, Porto
RO Bucharest, București, Cluj-Napoca, Cluj
RS Belgrade, Novi Sad
SA Riyadh, Jeddah
SE Stockholm, Gothenburg, Göteborg, Malmö, Lund, Uppsala
SI Ljubljana
SK Bratislava
TH Bangkok, Chiang Mai
TR Istanbul, Ankara, Izmir
TW Taipei
UA Kyiv, Kiev, Lviv, Kharkiv, Odesa
UY Montevideo
VN Hanoi, Ho Chi Minh City, Saigon
ZA Cape Town, Johannesburg, ~Durban
"""
