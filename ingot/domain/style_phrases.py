"""The phrases by which a letter shows that nobody thought of its reader: regular expressions, matched without case."""

from __future__ import annotations

# Said in so many letters that it says nothing.
CLICHES = (
    r"hope (?:this|that|you|all|everything)\b[^.!?\n]{0,40}\b(?:well|great|wonderful|good|fantastic|amazing)\b",
    r"(?:trust|hoping) (?:this|you|that you)\b[^.!?\n]{0,30}\bwell\b",
    r"i (?:recently |just )?(?:came|stumbled|happened|chanced) (?:across|upon|on)\b",
    r"(?:quick|small) (?:question|note|one|favou?r)\b",
    r"(?:just )?(?:reaching|reach|reached) out\b",
    r"touch(?:ing)? base|circl(?:e|ing) back|follow(?:ing)? up on (?:my|our) (?:last|previous|earlier|first)",
    r"pick(?:ing)? your brain|hop(?:ping)? on (?:a|the) (?:quick )?call|jump(?:ing)? on (?:a|the) (?:quick )?call",
    r"low[- ]hanging fruit|move the needle|think(?:ing)? outside the box|hit the ground running|win[- ]win",
    r"synerg\w+|leverag(?:e|es|ed|ing)\b|value[- ]add\w*|best[- ]in[- ]class|paradigm shift|mission[- ]critical",
    r"passion(?:ate|ately)?\b(?! fruit)|thrilled|(?:super |very |so |really |truly )?excited (?:to|about|by|for)",
    r"perfect (?:fit|match|candidate)|great (?:fit|match)|ideal (?:fit|candidate)|proven track record|track record of",
    r"results[- ](?:driven|oriented)|team player|self[- ]starter|go[- ]getter|detail[- ]oriented|fast[- ]paced",
    r"dynamic (?:team|environment|individual|professional)|seasoned professional|wear(?:ing)? many hats",
    r"take (?:it|things|your \w+|my \w+) to the next level|next[- ]level|10x\b|rock ?star|ninja|unicorn developer",
    r"(?:bring|add) (?:a lot of |real |immense |great )?value to|make (?:a|an) (?:real|big|huge|meaningful|lasting) (?:impact|difference)",
    r"align(?:s|ed)? (?:perfectly|closely|well|so well|with my)|resonat(?:e|es|ed|ing) (?:with|deeply|strongly)",
    r"(?:in )?today's (?:fast|ever|competitive|digital)|ever[- ](?:changing|evolving)|in the (?:world|realm|landscape) of",
    r"without further ado|needless to say|at the end of the day|it goes without saying|last but not least",
    r"i would be remiss|allow me to introduce|let me introduce myself|to whom it may concern|dear sir or madam",
    r"i am writing to express|express my (?:strong |keen |sincere )?interest|i believe (?:that )?(?:i|my)\b",
    r"(?:unique|diverse) (?:skill ?set|blend|combination)|skill ?set|thought leader\w*|deep dive\b|delv(?:e|es|ing)\b",
    r"at your earliest convenience|please do not hesitate|don't hesitate|look(?:ing)? forward to (?:hearing|connecting)",
    r"did you (?:get|see|receive) my|in case you missed|bump(?:ing)? this|to the top of your inbox",
)

# Praise from a stranger is read as a sign that something is wanted.
FLATTERY = (
    r"(?:deeply |truly |really |very |so )?impress(?:ed|ive|ively)\b|inspir(?:ed|ing|ational)\b",
    r"(?:big|huge|great|long[- ]?time) (?:fan|admirer)\b|i(?:'ve| have)?(?: always| really| truly| greatly)? admire\w*",
    r"(?:love|loved|adore) (?:what|how|your|the way|the work)\b|in awe\b|blown away|kudos|hats off",
    r"congratulations|congrats\b|well done\b",
    r"(?:amazing|awesome|incredible|outstanding|remarkable|phenomenal|brilliant|stunning|fantastic|exceptional|extraordinary)\b",
    r"(?:groundbreaking|ground-breaking|cutting[- ]edge|game[- ]chang\w+|revolutionary|visionary|world[- ]class|state[- ]of[- ]the[- ]art)\b",
    r"innovative (?:work|company|product|team|approach|solution\w*|startup)",
    r"(?:industry|market|world|category)[- ]leading|(?:a|the|as|your) leading\b|leader in (?:the|your) (?:field|space|industry|market)",
    r"(?:your|such) (?:great|exciting|excellent|wonderful|inspiring) (?:work|company|team|product|mission|journey)",
    r"(?:honou?red|privileged|would be (?:an honou?r|a privilege)|it would be my honou?r)\b",
)

# The letter is an applicant's: none of this can be said by one.
WRONG_SIDE = (
    r"(?:we|we're|we are|our (?:team|company|client)(?: is|'s)?)\s+(?:are |is |currently |actively |now |also )*(?:hiring|recruiting)\b",
    (
        r"(?:we|we're|we are|our (?:team|company|client) is)\s+(?:currently |actively |now |also )*(?:looking for|searching for|seeking)"
        r" (?:an?|talented|new|experienced|senior|engineers|developers|people|candidates|someone)\b"
    ),
    r"join (?:our|us\b)|joining (?:our|us\b)|become (?:a )?part of our (?:team|company)|welcome you to (?:our|the) team",
    r"(?:invite|have) you (?:to|for|in for) (?:an? )?(?:\w+ )?interview|(?:like|love) to (?:interview you|offer you (?:a|the|this) (?:job|role|position))",
    r"we (?:offer|provide) (?:a |an )?(?:competitive|attractive|generous|salary|benefits|remote|flexible)",
    r"(?:thank you|thanks) for (?:applying|your (?:application|interest in (?:our|the) (?:role|position|company|team)))",
    r"(?:reviewed|received|reviewing|consider|considering) your application\b|apply (?:to|for|at) (?:our|us\b)",
    r"(?:read|reviewed|saw|received|liked|looked at|came across|impressed by|based on|from) your (?:r[ée]sum[ée]|cv|linkedin profile)\b",
    r"(?:send|share|forward) (?:us |me )?your (?:updated |latest |current )?(?:r[ée]sum[ée]|cv)\b",
    r"(?:our|an|this) (?:open|exciting|current) (?:role|position|opportunity|opening)\b[^.!?\n]{0,40}\b(?:fits?|suits?|matches|for) you\b",
    r"you (?:would|could|'d) be (?:a|an) (?:great|perfect|good|excellent|strong|ideal|valuable) (?:fit|addition|candidate|match|asset)",
    (
        r"your (?:skills|experience|background|expertise) (?:in [^.!?\n]{1,40} )?(?:would|could|make|makes|is|are|align\w*) [^.!?\n]{0,30}"
        r"(?:fit|asset|addition|candidate|what we (?:need|look))"
    ),
)

PLACEHOLDERS = (
    r"\[(?=[^\]\n]*[^\W\d])[^\]\n]{1,80}\]|\[\s*\]",
    r"\{[^}\n]{1,80}\}|<(?=[a-z])(?!https?:|mailto:)[^>\n@]{1,60}>|%[A-Za-z_]+%|\$\{?[a-z_]{3,}\b",
    r"\b(?:company|recipient|first|last|your|my|product|project|role|position|job)[ _](?:name|title) (?:here|goes here)\b",
    r"\b(?:COMPANY|RECIPIENT|FIRST|LAST|YOUR|USER|PERSON|PRODUCT|JOB)_?[ ]?(?:NAME|TITLE)\b",
    r"\b[Yy]our [Nn]ame\s*$|\b[Ii]nsert (?:\w+ ){0,3}(?:here|name|date|company|link)\b|\bx{2,}\s?%|\bXX+\b|_{3,}|\bTBD\b|\blorem ipsum\b",
)  # fmt: skip

# A request without a question mark.
REQUESTS = (
    r"(?:please |kindly )?let me know\b",
    r"please (?:send|call|reply|respond|forward|share|tell|write|review|consider|book|pick|check|get back|feel free)\b",
    r"feel free to\b",
    r"i (?:would|'d) (?:appreciate|welcome|be grateful for) (?:a |an |the |your )?\w+",
)

GREETING = r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|greetings)\b[^.!?\n]{0,60}[,:!]?"
SIGN_OFF = (
    r"(?:(?:with )?(?:best|kind|kindest|warm|warmest)(?: regards| wishes)?|regards|sincerely|yours (?:sincerely|truly|faithfully)|yours|"
    r"cheers|thanks|thank you|many thanks|all the best|respectfully)[,.!]?"
)
