"""The words invented people, schools and firms are made of. None of them is meant to exist."""

from __future__ import annotations

from typing import Final

GIVEN: Final = (
    "Ada", "Amir", "Anya", "Bea", "Ben", "Carys", "Chidi", "Dana", "Dev", "Elin", "Esme", "Farah",
    "Femi", "Gwen", "Hamza", "Hana", "Idris", "Imogen", "Isaac", "Jo", "Kamal", "Kim", "Lena",
    "Liam", "Mairi", "Marek", "Maya", "Nadia", "Niall", "Noor", "Olga", "Owen", "Padma", "Petra",
    "Priya", "Rafi", "Rhys", "Rosa", "Sam", "Sana", "Seb", "Tamsin", "Theo", "Uma", "Viktor",
    "Wren", "Yusuf", "Zoe",
)  # fmt: skip
FAMILY: Final = (
    "Abara", "Ashdown", "Barlow", "Benning", "Calder", "Carrow", "Dace", "Demir", "Eastman",
    "Ekwall", "Fenwick", "Frayne", "Garth", "Goswami", "Hale", "Harrow", "Iyer", "Jessop", "Kade",
    "Kestrel", "Lacey", "Linden", "Marsh", "Moss", "Nair", "Novak", "Okoro", "Orme", "Pell",
    "Quill", "Rahman", "Rook", "Sable", "Shaw", "Tamm", "Thorne", "Usher", "Vance", "Wade",
    "Whitlow", "Yardley", "Zeller",
)  # fmt: skip

PLACES: Final = (
    "Oakfield", "Marlow", "Thornbury", "Ashcombe", "Brackendale", "Castle Hill", "Dunmere",
    "Eastbrook", "Fernleigh", "Glenhaven", "Harefield", "Inglewood", "Kingsmead", "Larkrise",
    "Millbrook", "Netherby", "Orchard Lane", "Penrose", "Quarry Bank", "Ravensworth", "Silverdale",
    "Tidewater", "Underhill", "Violet Lane", "Westerleigh", "Yewdale", "Applecross", "Birchwood",
    "Coldharbour", "Drovers Green", "Elmstead", "Foxholes", "Greyfriars", "Hollin Bank",
    "Ivybridge Road", "Jubilee Park", "Kestrel Rise", "Longmoor", "Meadowsweet", "Northgate",
)  # fmt: skip
SAINTS: Final = ("St Bede's", "St Oswin's", "St Hilda's", "St Alban's", "St Clare's", "St Teilo's")
SCHOOLS: Final = (
    "Primary", "Primary School", "Academy", "High School", "Infants", "Junior School", "College",
    "Grammar School", "Community School", "Special School",
)  # fmt: skip

AMERICAN_PLACES: Final = (
    "Maple Ridge", "Cedar Falls", "Eagle Creek", "Lakeview", "Prairie Hill", "Red Rock",
    "Sunnyside", "Timber Lake", "Willow Bend", "Bluestem", "Copper Canyon", "Granite Peak",
    "Harbor Point", "Juniper", "Magnolia", "Pine Hollow",
)  # fmt: skip
AMERICAN_SCHOOLS: Final = (
    "Elementary", "Middle School", "High School", "Charter School", "School District",
)  # fmt: skip
GULF_PLACES: Final = ("Al Noor", "Al Waha", "Dar Al Bahr", "Jumana", "Pearl Coast", "Al Safa")
GULF_SCHOOLS: Final = ("International School", "Academy", "British School", "Private School")

FIRMS: Final = (
    "Harland & Pyke", "Bellwether Foods", "Copperline Logistics", "Dray & Daughters", "Eversham",
    "Fathom Marine", "Gorse Lane Dental", "Hexley Print", "Ironbark Joinery", "Juniper & Moss",
    "Kiln Street Ceramics", "Lantern Housing", "Merrow Textiles", "Nightjar Films", "Ostler Vets",
    "Pennant Insurance", "Quarterdeck Hotels", "Rushmore Garden Centres", "Saltmarsh Brewing",
    "Tannery Row Architects", "Umber Paints", "Vellum Books", "Wainwright Tools", "Yarrow Care",
)  # fmt: skip
FIRM_ENDS: Final = ("", " Ltd", " Group", " Partners")

#: One customer of each setting has the name that the examples of the commands use.
EXAMPLES: Final = {
    "site": "Oakfield Primary", "software": "St Bede's Academy", "office": "Marlow & Sons",
}  # fmt: skip

STREETS: Final = (
    "Mill Lane", "Church Street", "Station Road", "Priory Close", "Bridge Street", "High Street",
    "School Lane", "The Green", "Canal Walk", "Quarry Road",
)  # fmt: skip
SITES: Final = (
    "Main building", "Lower school", "Sports hall", "Sixth form centre", "Annexe", "Nursery",
)  # fmt: skip
FIRM_SITES: Final = ("Head office", "Warehouse", "Showroom", "North branch", "Workshop")
ACCESS: Final = (
    "Report to reception, badge needed.",
    "Gate code from the site manager.",
    "Car park behind the kitchen; keys at the office until five.",
    "Ring at the side door, no access during exams.",
)

ROOMS: Final = (
    "room 4", "room 12", "the library", "the hall", "science lab 2", "the ICT suite", "year 3",
    "the staff room", "reception", "the music room", "the exams office",
)  # fmt: skip
FIRM_ROOMS: Final = ("the board room", "reception", "the warehouse", "accounts", "room 2")
CLASSES: Final = ("3B", "5 Willow", "7C", "8 Maple", "10X", "Year 2", "Year 9", "the sixth form")
DEVICES: Final = ("PRN-02", "PRN-11", "SRV-01", "SRV-DATA", "LT-048", "PC-117", "COPIER-3")
APPS: Final = ("the parents' app", "the pupil view", "the dashboard", "the mobile site")
TEAMS: Final = ("First line", "Second line", "Field")
