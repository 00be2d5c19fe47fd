"""The words by which grounding knows a claim: verb families, events, ranks, scope, and words that claim nothing."""

from __future__ import annotations

IRREGULAR: dict[str, str] = dict(
    pair.split("=")
    for pair in """
    led=lead built=build rebuilt=rebuild ran=run wrote=writ written=writ rewrote=rewrit rewritten=rewrit grew=grow
    grown=grow rose=rise risen=rise fell=fall fallen=fall brought=bring won=win spoke=speak spoken=speak made=mak
    making=mak sold=sell spun=spin held=hold taught=teach bought=buy went=go gone=go took=tak taken=tak gave=giv
    given=giv came=com became=becom found=find thought=think knew=know known=know began=begin begun=begin chose=choos
    left=leave met=meet kept=keep sent=send spent=spend lost=lose drove=driv driven=driv oversaw=oversee saw=see
    shrank=shrink shrunk=shrink winner=win winners=win analysis=analys analytics=analytics series=series using=us
    used=us uses=us use=us data=data business=business businesses=business statistics=statist led=lead laid=lay
    founder=founder founders=founder people=people clothes=clothes news=news clinics=clinic
    labelled=label labeled=label labelling=label modelled=model modelling=model cancelled=cancel travelled=travel
    running=run cutting=cut planning=plan shipping=ship shipped=ship ships=ship does=do did=do done=do doing=do
    goes=go has=have had=have having=have is=be was=be were=be are=be am=be been=be being=be
    """.split()
)

# Verbs of the user. A claim's verb must belong to a family of the line that backs it.
VERB_FAMILIES: dict[str, str] = {
    "lead": "lead head direct manag supervis oversee spearhead",
    "own": "own",
    "build": "build develop writ creat implement mak cod program author construct",
    "design": "design architect",
    "rebuild": "rebuild rewrit redesign overhaul revamp rework",
    "migrate": "migrat mov port transfer",
    "found": "found cofound establish",
    "invent": "invent pioneer",
    "mentor": "mentor coach teach",
    "maintain": "maintain",
    "raise": "rais improv increas boost grow rise lift",
    "cut": "cut reduc lower decreas shrink fall halv drop trim",
    "eliminate": "eliminat remov eradicat",
    "operate": "run operat administer",
    "handle": "handl process serv",
    "introduce": "introduc launch releas ship deliver deploy",
    "publish": "publish",
    "train": "train",
    "win": "win award priz",
    "save": "sav",
    "sell": "sell sold",
    "automate": "automat",
    "hire": "hir recruit",
    "transform": "transform revolution revolutioniz revolutionis modernis moderniz",
    "scale": "scal",
    "drive": "driv",
    "speak": "speak present keynot talk",
}
FAMILY_OF: dict[str, str] = {
    stem: f"~{family}" for family, stems in VERB_FAMILIES.items() for stem in stems.split()
} | {
    stem: f"~{group.split()[0]}"
    for group in (
        "engineer developer programmer",
        "employe employee colleagu staff",
        "company firm startup",
        "month monthly",
        "day daily",
        "week weekly",
        "year yearly annual",
        "custom customer client",
        "picture image photo",
        "percent percentag",
        "acquir buy purchas",
    )
    for stem in group.split()
}

# Doing a part. A line that only says this backs no verb that says more.
WEAK_VERBS = frozenset(
    "contribut help assist support participat join shadow work collaborat tak took involv particip learn stud study".split()
)

# What a company may be said to have done. `check` wants the same event in the quote.
EVENTS: dict[str, str] = {
    "raise": r"rais(?:ed|es|ing)|funding|fundrais\w+|(?:seed|funding|investment) round|seed|series [a-h]\b|backed by|investors?|pre-seed|valuation|unicorn|clos(?:ed|ing) (?:a|an|your|our|its|the) [^.]*round",
    "launch": r"launch\w*|releas\w+|unveil\w*|roll(?:ed|ing)? out|debut\w*|shipped|introduced|went live",
    "acquire": r"acqui(?:red|res|ring|sition\w*)|bought|merg(?:ed|er|es|ing)|takeover|took over",
    "is hiring": r"hiring|look(?:ing|s)? for|recruiting|seek(?:s|ing)|open(?:ing)? (?:role|position|job)s?|openings?\b(?! (?:a|an|the|your|our)\b)|vacanc\w+|job post\w*|want(?:s|ed)? (?:a|an) [^.]*(?:engineer|developer)",
    "hired": r"hired|appointed|joined(?! a\b)|welcomed|new hire",
    "expand": r"open(?:ed|ing|s) (?:a|an|the|your|our|its|up|in|new)\b|new (?:\w+ )?(?:offices?|lab|labs|headquarters|hq|plant|factory|warehouse|hub)|expan(?:d\w*|sion\w*)|entered",
    "win": r"won|winn\w+|awards?|awarded|prizes?|named|recogni[sz]ed|honou?red|shortlist\w*|rank(?:ed|ing)",
    "announce": r"announc\w+",
    "partner": r"partner\w*|joint venture|alliance|teamed up",
    "grow": r"grew|grow(?:n|s|ing|th)?|doubl(?:ed|es|ing)|tripl(?:ed|es|ing)|quadrupl\w+|scaled|surg\w+|went from",
    "list": r"\bipo\b|listed on|went public|going public",
    "lay off": r"laid off|lay-?offs?|cut jobs|downsiz\w+",
    "move": r"relocat\w+|pivot\w*|rebrand\w*|shut(?:ting)? down|closed down|discontinu\w+|deprecat\w+",
    "spin out": r"sp[iu]n(?:ning)? ?-?(?:out|off)",
    "start": r"founded|started|established",
    "open source": r"open[- ]sourced",
    "publish": r"published|publication",
    "speak": r"spoke|spoken|keynote\w*|gave (?:a|the|your) talk|talk (?:at|about|on)|presented",
    "certify": r"certifi\w+|accredit\w+|complian\w+|approved by|approval",
    "break even": r"profitab\w+|broke even|break-?even|revenue|arr\b",
}
EVENT_NOUNS = (
    r"\b(?:your|the|that|recent|new|latest)\b[^.?!]*\b(?:launch|acquisition|merger|fundraise|round|funding|expansion|partnership|ipo|award|"
    r"release|layoffs?|announcement|series [a-h])\b"
)

TITLE_WORDS = frozenset(
    "senior staff principal lead junior head chief director vp president vice cto ceo coo cfo cpo ciso founder cofounder founding "
    "manager executive intern chairman chair partner owner svp evp fellow professor dr phd".split()
)
# Scope and rank: these stand in the source, or the claim says more than the source.
HARD_WORDS = frozenset(
    "all every everyone everybody everything everywhere whole entire entirely fully completely always worldwide global globally "
    "international internationally nationwide single-handedly singlehandedly alone solely sole only first best largest biggest "
    "leading fastest top greatest premier foremost unique uniquely unmatched unrivalled most expert expertise mastery master fluent "
    "authority recognised recognized award-winning world-class renowned acclaimed certified specialist guru ninja veteran seasoned "
    "deep extensive proven multiple numerous countless several many various companywide company-wide across strongest "
    "million millions billion billions thousand thousands hundred hundreds dozens decade decades zero nobody none seed never-failing industry-leading "
    "leadership ownership solid exclusively invariably guaranteed perfect flawless unprecedented revolutionary".split()
)
UNIVERSAL = frozenset("all every whole entire entirely fully completely always exclusively only".split())

NEGATIONS = frozenset(
    "not no never without cannot neither nor none hardly barely nothing nobody n't lack lacks lacking".split()
)

FEELINGS = frozenset("lov lik enjoy admir appreciat respect impress trust want prais".split())

# What else may start a sentence without being somebody's name.
COMMON_ENDINGS = (
    "ing",
    "ed",
    "ly",
    "ity",
    "ion",
    "ness",
    "ment",
    "ance",
    "ence",
    "ics",
    "ship",
    "ism",
    "ware",
    "ers",
    "ors",
    "ists",
    "ages",
    "ies",
)
COMMON_NOUNS = frozenset(
    "data code engineer latency speed scal design craft safety privacy trust health money food energy search research science "
    "people team user product startup company process pric cost growth risk time support feedback access map model system tool "
    "machin robot image text voic video paper invoic payment bank school student doctor patient nurs farm city market trad "
    "two three four five six seven eight nine ten clinic hospital importer trader note test deploy bug outag alert".split()
)

_FUNCTION = """
a an the this that these those there here it its itself they them their theirs he him his she her hers i me my mine myself we us our ours
ourselves you your yours yourself who whom whose which what when where why how and or but nor so yet if then than as at by for from in
into of off on onto over out to toward towards up down upon with within via per about above after again against along also although
among around because before behind being below between beyond both during each either else even ever few further however
just like likewise more most much near nearly now often once one onwards other others otherwise our own perhaps quite rather really same
shall should since some someone something somewhere soon still such too under until unless very was were be been is are am do does did
done have has had having will would can could may might must need not no cannot never without n't while whether whose though through
throughout today tomorrow tonight etc eg ie vs amongst besides despite except instead plus regarding thus therefore hence meanwhile
i'm i've i'd i'll you're you've you'd you'll we're we've we'd it's that's there's don't doesn't didn't isn't aren't wasn't haven't hasn't
won't wouldn't couldn't can't let's let well already almost approximately roughly nearly so-called
"""
_FEELING = """
like love enjoy enjoyed enjoying hope hoping wish want wanted glad happy pleased delighted excited exciting excite curious keen eager
interested interesting interest interests impress impressed impressive impresses inspire inspired inspiring admire admired appreciate
appreciated grateful thank thanks thankful respect struck strike stand stood caught catch eye attention fun great good nice wonderful
fantastic lovely beautiful clever elegant hard difficult tough challenge challenging worth worthwhile right wrong sense sensible
congratulations congrats kudos welcome proud record achievement fine bad small simple clear close similar familiar comparable alike
exactly precisely resonate resonates resonated relevant relate relates fit fits match matches matter matters sound sounds feel feels felt
seem seems think believe guess suppose imagine wonder wondering mean means remind reminds reminded know understand understood see sees
seen look looks looking forward read reading noticed notice saw heard hear learned learnt learn found find gather write writing wrote
say says said mention mentions mentioned state states describe describes described note noted told tell ask asking talk talking call
chat speak discuss conversation meet meeting email mail letter message reply replies answer respond response line word words site website page pages
web homepage blog post profile listing ad advert posting send sending sent share sharing show showing walk bring brings bringing offer add
hi hello hey dear regards best kind warm sincerely cheers yours truly faithfully respectfully team hiring-manager sir madam folks everyone-here
please sorry time timing moment minute minutes hour hours day week next morning afternoon evening noon quarter half monday tuesday wednesday thursday
friday saturday sunday free available availability suit suits open convenient possible likely happy reach contact attach attached link
demo sample samples code write-up detail details example examples copy cv resume résumé short brief briefly quick quickly long
idea ideas thing things way ways kind sort lot bit part point reason problem problems question questions topic area areas need
choice decision approach part-time opportunity chance role roles position job vacancy work works working worked did doing done make makes made
made experience experienced background current currently previous previously recent recently lately most-recent most-recently last past former
formerly earlier later ago present role-based spent spend year years career stack tool tools technology technologies skill skills comfortable
hands-on solid practical useful used use uses using apply applied applying candidate consider considered person people someone anyone whoever
noticed came across come comes go goes going get gets got take takes taken give gives given keep keeps put puts set sets
together decide decides decided care cares caring help helps thoughts view opinion glad-to instead else anything everything-else side
same different another new even-though already-known include includes including included cover covers covered contain contains call-it
hold holds held earn earned receive received study studied studies graduate graduated graduating degree bachelor bachelors master's bsc msc meng beng ba phd
university's solve solved solving faced tackled daily runs powered rely relies depend depends based basis hope-this finds
"""
NEUTRAL = frozenset((_FUNCTION + _FEELING).split())
