"""The words that invented papers are made of. Every person, company and sentence is made up."""

BODIES = {
    "OPSG": ("Operations Group", "Operational"),
    "SSC": ("Security Sub-Committee", "Security"),
    "TABASC": ("Technical Architecture and Business Architecture Sub-Committee", "Technical"),
    "TAG": ("Testing Advisory Group", "Testing"),
    "CSC": ("Change Sub-Committee", "Change"),
    "XYZG": ("Example Group", "Commercial"),
}

PEOPLE = ("Ada Holt", "Ben Crane", "Zoë Brontë-Hill", "A. B. Finch", "Siân O’Dell", "Mei van der Wharfe", "J Tarn")
ANALYSTS = ("Robin Ainsley", "Morgan Tate", "Ellis Farrow", "Ola Fjord")
# As printed after "of", and without the article.
ORGANISATIONS = (
    ("Northshire Energy", "Northshire Energy"),
    ("the DCC", "DCC"),
    ("SSE", "SSE"),
    ("Wharfe & Aire Supply Ltd", "Wharfe & Aire Supply Ltd"),
    ("Tarn Metering plc", "Tarn Metering plc"),
    ("the Security Sub-Committee (SSC)", "Security Sub-Committee (SSC)"),
    ("Citizens Advice", "Citizens Advice"),
    ("Bank of Calder", "Bank of Calder"),
)
COLLECTIVES = (
    ("the Security Sub-Committee (SSC)", "Security Sub-Committee (SSC)"),
    ("the SEC Panel", "SEC Panel"),
    ("Citizens Advice", "Citizens Advice"),
    ("the Operations Group", "Operations Group"),
)

TITLES = (
    "Clearer tariff names",
    "Shorter notices for Users",
    "First-time connection of in-home displays",
    "Refining the flow of official notifications",
    "A fair workflow for café meters",
    "Reporting of outages to Network Parties",
    "Review of the timetable",
)
NESTED_TITLES = (
    "Changes to Appendix R 'Tests for Everyone'",
    "Users' rights",
    "The DCC's plan for Users' notices",
    "Clarifying the rights of Users'",
    "'Deferred' as a status",
    "'Deferred' and 'Rejected' as statuses",
    "Use of “Deferred” in Section G",
    "Renaming ‘Small’ and ‘Large’",
    "The Panel’s duties",
    "What counts as a 'User'?",
    'Reading "Schedule 5" anew',
)
IDENTIFIER_TITLES = (
    "Using IRP511 and CRP535 with GBCS v3.2 devices",
    "Aligning SEC0009 with DCP333",
    "Responses to SR11.2 and Section D1.3(e)",
    "Changes following MP042",
    "Retiring DP044 and DP045",
    "MP042 and its consequences",
    "Schedule 11 in v2.10",
)

PURPOSES = (
    "This paper lists the changes that were raised in the last month.",
    "Each change is described in brief, and the information that came with it is attached.",
    "The aim is that members see early what maintenance and notification work lies ahead.",
    "The specification of each meter is the manufacturer's own.",
    "All Draft Proposals in this paper were raised before the end of the month.",
)
STAGES = {
    "Development Stage": "These have entered the Development Stage.",
    "Refinement Process": "The changes below have moved to the Refinement Process.",
    "Report Phase": "They are now in the Report Phase.",
}
INVITED = (
    "the issue described in each problem statement",
    "the impacts it may be having (including those of doing nothing)",
    "any further matters which the Proposer should consider",
    "whether more information is needed",
)

SENTENCES = (
    "Tariff names are long and differ from one Supplier to the next.",
    "The office files a notification for every official change of flow.",
    "Maintenance is planned a month ahead, which leaves little room for what turns up later.",
    "Users receive the information twice and have no agreed means of telling which of the two is right.",
    "A specification that nobody reads is of little use; the Proposer would like a shorter one.",
    "Costs rise with every notification, and so does the time that a small Supplier spends on it.",
    "In March 2019 the trial ended.",
    "Its first results were sufficient to justify a second trial, for which the DCC has set aside funds.",
    "Zoë's café in Århus reads its meter by hand.",
    "The Metering Equipment Specification (MES) says nothing of this, nor does any other text that a Party would read.",
)
IDENTIFIER_SENTENCES = (
    "GBCS v3.2 contains IRP511 and CRP535.",
    "Section D1.3(e) and SR11.2 disagree on the point.",
    "The change resembles DCP333 of another code, and SEC0009 before it.",
    "IRP511 'Set Clocks Anew' has been in use since v2.0 was retired.",
    "SMETS1 Devices cannot do so, and SMETS2 Devices do so badly.",
    "Service Request 8.1.1 is sent 2.5 times a day.",
)
APPENDIX_SENTENCES = (
    "Appendix AD 'Interface Description' does not list the test, although Appendix R asks for it.",
    "The text can be found in Appendix R of the SEC.",
    "It is set out in Appendix AD.",
    "Annex B of the licence is silent on this.",
)
MENTION_SENTENCES = (
    "It builds on MP042 'Quicker Switching' and on DP044.",
    "DP044 was withdrawn in June.",
    "MP042 'Quicker Switching' has left this open.",
    "SECMP0009 and MP031A met the same difficulty.",
)
TRAP_SENTENCES = (
    "The Lead Analyst is of the view that names are long.",
    "No new Draft Proposals followed from that work.",
    "The Panel is requested to note that this has happened twice.",
    "Impacts on Users are small.",
    "This is classified as a minor defect.",
    "The Proposer invites views on the wording.",
    "Comments reached the Proposer by 5pm on 3 March 2019.",
    "Recommendations of an earlier review were not followed.",
    "The date was 5 November 2019.",
    "Both were raised by members of the public.",
)
# Where the mark of a footnote stands; digits come in the order of the paper.
MARK = "\N{REFERENCE MARK}"
FOOTNOTE_SENTENCES = (
    f"Tariff names{MARK} are long.",
    f"Notices are sent by post.{MARK} Few of them arrive.",
    f"The trial{MARK}, which was the second, has ended.",
    f"All Users (suppliers and networks){MARK} are affected.",
)
FOOTNOTE = "See the register that the office keeps."
DASH_SENTENCES = (
    "The names are long – some would say endless – and hard to tell from one another when they are read aloud.",
    "Two of the three — the DCC's own — were late by more than a day, and the third — a trial — never came.",
)
COMPOUND_SENTENCES = (
    "The Sub-Committee has seen the Non-Mandated Alerts, and the Sub-Committee's chair has them on the list.",
    "To the Sub-Committee all Non-Mandated Alerts are alike, and so they are to the Sub-Committee's secretary.",
)
LISTS = (
    ("The Proposer names:", ("names that are long;", "names that are odd; and", "names that are both.")),
    ("There are two ways in which it happens:", ("Suppliers forget", "Networks forget, and then a notification fails")),
    ("These are affected:", ("“Deferred” to “Rejected”; and", "the DCC’s (own) specification, v3.2")),
)

IMPACTS = (
    "None.",
    "To be confirmed.",
    "No operational impacts are expected.",
    "Users may need to change their systems before the next release, which takes a month of their planned maintenance.",
    "The DCC will report on the impacts in March.",
    "SECAS does not expect any impact, since the change is one of wording.",
)
REQUESTS = (
    "**DISCUSS** the changes",
    "**NOTE** this paper and provide views on the changes",
    "CONSIDER what is listed",
)
ADDRESSES = ("team@secas.example", "change.team@secas.example")
HANDLINGS = ("It may be published.", "Members may pass it on. It must not be changed.", None)
FOOTERS = ("Page 2 of 5", "Page 3 of 12", "Managed by Northshire Code Services", "Page 4")
