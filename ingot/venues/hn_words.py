"""Words by which the parts of a post are told apart."""

from __future__ import annotations

# What stands before "at company.example" without being a mailbox.
NOT_MAILBOXES = frozenset(
    """
    a an the i me us we you he she they it this that these those here there now out up one myself
    role roles position positions job opening openings opportunity opportunities vacancy page site website online blog
    engineer engineers developer developers dev devs designer designers scientist scientists manager managers director
    people person team teams founder cofounder co-founder ceo cto coo vp lead head friend friends someone everyone
    recruiter work working works worked live look looking see visit apply applying available join joining start starting
    find read learn more details detail directly direct touch interested question questions stack office life
    onsite on-site remote hybrid full-time fulltime part-time hq intern interns internship interview day culture
    are is be been was and or of in on for from to by at dot com with email emailing mail contact ping reach
    product products software technology things stuff time place company application applications resume resumes cv cvs
    """.split()
)
SHARED_MAILBOXES = frozenset(
    """
    jobs job careers career hello hi hey info contact work hr people talent recruiting recruitment recruiter hiring join
    apply team founders resume resumes cv dev engineering tech mail office
    """.split()
)
PLACEHOLDER_HOSTS = frozenset(
    "email.com domain.com yourdomain.com company.com yourcompany.com companyname.com ourdomain.com website.com".split()
)
PLACEHOLDER_LOCALS = frozenset(
    """
    first.last firstname.lastname firstname lastname first_last yourname your.name name username user someone you
    john.doe jane.doe
    """.split()
)

# Where companies keep their job pages, profiles and articles: such a link is not the company's own site.
SHARED_HOSTS = frozenset(
    """
    greenhouse.io lever.co workable.com angel.co wellfound.com linkedin.com bamboohr.com recruitee.com breezy.hr ashbyhq.com
    smartrecruiters.com jobvite.com icims.com myworkdayjobs.com taleo.net applytojob.com theresumator.com resumatorapi.com
    workatastartup.com ycombinator.com jobscore.com personio.de personio.com teamtailor.com homerun.co keyvalues.com
    stackoverflow.com stackoverflow.jobs indeed.com glassdoor.com monster.com hired.com triplebyte.com jobylon.com jobbio.com
    jazz.co jazzhr.com newton.newtonsoftware.com paylocity.com ultipro.com comeet.co comeet.com polymer.co welcometothejungle.com
    google.com goo.gl forms.gle withgoogle.com bit.ly grnh.se smrtr.io t.co tinyurl.com airtable.com typeform.com notion.site
    docs.google.com github.com github.io gitlab.com bitbucket.org medium.com substack.com wordpress.com blogspot.com
    twitter.com x.com facebook.com instagram.com youtube.com youtu.be vimeo.com wikipedia.org crunchbase.com producthunt.com
    techcrunch.com forbes.com nytimes.com wsj.com bloomberg.com theverge.com wired.com reddit.com meetup.com eventbrite.com
    slideshare.net apple.com itunes.apple.com play.google.com calendly.com builtin.com dropbox.com hackernews.com
    businesswire.com prnewswire.com globenewswire.com softwareengineeringdaily.com venturebeat.com theguardian.com
    """.split()
)
# The last word of a role.
ROLE_NOUN = (
    r"(?:engineers?|developers?|devs?|programmers?|architects?|scientists?|researchers?|analysts?|designers?|"
    r"managers?|administrators?|admins?|sysadmins?|SREs?|SDETs?|SWEs?|interns?|directors?|officers?|consultants?|specialists?|generalists?|"
    r"CTO|CIO|COO|CFO|CMO|technicians?|technologists?|advocates?|evangelists?|coach(?:es)?|recruiters?|representatives?|"
    r"coordinators?|associates?|assistants?|writers?|editors?|marketers?|leads?|contractors?|testers?|QAs?|hackers?|"
    r"linguists?|statisticians?|mathematicians?|physicists?|chemists?|biologists?|cryptographers?|strategists?|"
    r"animators?|artists?|operators?|executives?|trainers?|instructors?|teachers?|counselors?|accountants?|founders?|"
    r"co-?founders?|builders?|owners?|masters?|planners?|pentesters?|DBAs?|PMs?|SDRs?|partners?|fellows?|experts?)"
)
# What a role without such a noun is made of: "Frontend, Backend, iOS".
FIELD = (
    r"(?:front[- ]?end|back[- ]?end|full[- ]?stack|devops|dev ops|sre|ios|android|mobile|web|data(?: science)?|data engineering|"
    r"machine learning|ml|ai|nlp|computer vision|deep learning|security|infosec|infrastructure|infra|platform|embedded|"
    r"firmware|hardware|software(?: engineering| development)?|qa|quality assurance|product(?: management| design)?|"
    r"design|ux|ui|sales|marketing|support|business dev(?:elopment)?|operations|ops|systems|cloud|blockchain|"
    r"site reliability|growth|customer success|community|finance|analytics|server|client|api|rails|react(?: native)?|"
    r"ruby(?: on rails)?|python|django|java|javascript|typescript|node(?:\.?js)?|golang|go|rust|scala|elixir|haskell|"
    r"clojure|kotlin|swift|php|laravel|vue(?:\.?js)?|angular(?:js)?|c\+\+|c#|\.net|f#|salesforce|unity|vr)"
)
LEVEL = (
    r"(?:senior|sr\.?|junior|jr\.?|mid(?:[- ]?level)?|intermediate|staff|principal|principle|lead|entry[- ]level|experienced|"
    r"associate|chief|head|founding|graduate|medior)"
)
