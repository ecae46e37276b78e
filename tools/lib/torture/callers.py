"""Who asks, in a clinic with one of everything, and what they ask: `access` puts the two together."""
import base64
import hashlib
import os

import kit

ROOT = os.getuid() == 0

# Column, roles, and whether they are on the client's care team.
ROLES = [
    ("owner", ["owner"], False), ("manager", ["practice_manager"], False), ("desk", ["front_desk"], False),
    ("ther+", ["therapist"], True), ("ther-", ["therapist"], False),
    ("sup+", ["supervisor"], True), ("sup-", ["supervisor"], False),
    ("trn+", ["trainee"], True), ("trn-", ["trainee"], False),
    ("biller", ["biller"], False), ("auditor", ["auditor"], False), ("none", [], False),
]
UNKNOWN = ["unmapped", "revoked", "expired", "offered"]
COLUMNS = [name for name, _, _ in ROLES] + UNKNOWN
CLINICIANS = {"ther+", "ther-", "sup+", "sup-", "trn+", "trn-"}
# Who may ask a question that always names somebody, though not of whom.
MAY_ASK = {"ShowNote": CLINICIANS}
TEAM_ROLES = {"ther+": "secondary", "sup+": "supervisor", "trn+": "trainee"}

# A clock that is wrong by so many seconds, and wrong alike since boot, so that nobody sees it jump.
SHIM = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
static long shift(void) { const char *text = getenv("CLOCK_SHIFT"); return text ? atol(text) : 0; }
int clock_gettime(clockid_t id, struct timespec *out) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
    int code = real(id, out);
    if (!code && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE || id == CLOCK_BOOTTIME)) out->tv_sec += shift();
    return code;
}
int gettimeofday(struct timeval *restrict out, void *restrict zone) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    out->tv_sec = now.tv_sec;
    out->tv_usec = now.tv_nsec / 1000;
    return 0;
}
time_t time(time_t *out) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (out) *out = now.tv_sec;
    return now.tv_sec;
}
"""
DAYS_BEFORE = 3


class Caller:
    def __init__(self, column, staff=None, secret=None, uid=None, token=0):
        self.column, self.staff, self.secret, self.token = column, staff, secret, token
        self.uid = os.getuid() if uid is None else uid
        self.own, self.time_off, self.spare, self.fee, self.jobs = None, None, None, None, {}

    def ask(self, daemon, method, target, body=None, follow=False):
        """(status, answer). The kernel tells the daemon the effective user of the moment of connecting."""
        connection = daemon.connection(60)
        if self.uid != os.getuid():
            os.seteuid(self.uid)
        try:
            connection.connect()
        finally:
            if self.uid != os.getuid():
                os.seteuid(os.getuid())
        headers = {"Authorization": "Bearer " + self.secret} if self.secret else {}
        if method == "POST" and "/commands/" in target:
            headers["Idempotency-Key"] = kit.key()
        try:
            if not follow:
                return connection.asked(method, target, body, headers)
            connection.request(method, target, None, headers)
            return connection.getresponse().status, None
        finally:
            connection.close()


def sha(secret):
    return base64.b64encode(hashlib.sha256(secret.encode()).digest()).decode()


class World:
    """A clinic with one of everything that can be asked about."""

    def __init__(self, daemon, options):
        self.daemon, self.options, self.callers = daemon, options, {}
        self.serial = 0

    def secret(self):
        return "%032x" % self.options.random.getrandbits(128)

    def offered(self, staff, days=None):
        """A token for somebody else, as its maker has it: (id, secret)."""
        secret = self.secret()
        body = {"staff": staff, "sha256": sha(secret), "label": "try"}
        if days:
            body["days"] = days
        return self.daemon.made("IssueToken", body), secret

    def enrolled(self, column, staff, days=None):
        token, offer = self.offered(staff, days)
        secret = self.secret()
        caller = Caller(column, staff, offer, token=token)
        self.done(caller, "CompleteEnrolment", {"sha256": sha(secret)})
        caller.secret = secret
        return caller

    def found(self, more_roles):
        make = self.daemon.made
        # The founding event has the practice's position; the owner is the second event of the same command.
        make("InitialisePractice", {"name": "Riverside", "zone": "Etc/UTC", "ownerName": "Ana Owner",
                                    "ownerEmail": "ana@example.org"})
        owner = Caller("owner", self.daemon.connection().asked("GET", "/v1/queries/WhoAmI")[1]["staff"])
        self.callers["owner"] = owner
        self.location = make("AddLocation", {"name": "Main Street"})
        self.room = make("AddRoom", {"location": self.location, "name": "A"})
        self.service = make("DefineService", {"code": "i50", "name": "Individual", "minutes": 50,
                                              "modalities": ["in_person", "online"]})
        self.colleague = self.staff("colleague", ["therapist"])
        self.partner = self.staff("partner", ["owner"])
        self.pupil = self.staff("pupil", ["biller"])
        self.examiner = self.staff("examiner", ["auditor"])
        self.date, self.next_date = kit.day(30), kit.day(31)
        for column, roles, _ in ROLES[1:]:
            roles = roles + more_roles.get(column, [])
            self.callers[column] = self.enrolled(column, self.staff(column, roles))
        self.doors()
        self.clients()
        for caller in self.callers.values():
            staff = caller.staff or self.colleague
            caller.time_off = make("RequestTimeOff", {"staff": staff, "start": kit.day(90) + "T08:00",
                                                      "end": kit.day(90) + "T18:00", "kind": "annual", "reason": "x"})
            caller.spare = self.offered(staff)[0]
        self.spare = self.offered(self.colleague)[0]
        self.examiners = self.offered(self.examiner)[0]
        self.time_off = make("RequestTimeOff", {"staff": self.colleague, "start": kit.day(91) + "T08:00",
                                                "end": kit.day(91) + "T18:00", "kind": "sick", "reason": "a cold"})

    def staff(self, name, roles):
        mail = name.replace("+", "on").replace("-", "off") + "@example.org"
        at_once = [role for role in roles if role != "auditor"]
        staff = self.daemon.made("AddStaff", {"name": "Staff " + mail.split("@")[0], "email": mail, "roles": at_once})
        if "auditor" in roles:
            self.daemon.made("AssignRole", {"staff": staff, "role": "auditor", "until": kit.day(200)})
        return staff

    def doors(self):
        """Those who are not let in. Each has a user id of their own where there are several, and so its own window."""
        ids = [64001, 64002, 64003] if ROOT else [None] * 3
        if ROOT:
            self.callers["unmapped"] = Caller("unmapped", uid=ids[0])
        revoked = self.enrolled("revoked", self.staff("revoked", ["owner"]))
        self.daemon.made("RevokeToken", {"token": revoked.token})
        expired = self.enrolled("expired", self.staff("expired", ["owner"]), days=1)
        # Of a token that is none any more only the user id is known.
        for caller, uid in ((revoked, ids[1]), (expired, ids[2])):
            caller.uid, caller.token = os.getuid() if uid is None else uid, 0
            self.callers[caller.column] = caller
        staff = self.staff("offered", ["owner"])
        token, secret = self.offered(staff)
        self.callers["offered"] = Caller("offered", staff, secret, token=token)

    def clients(self):
        make = self.daemon.made
        for staff in [self.colleague] + [self.callers[c].staff for c in sorted(CLINICIANS)]:
            make("SetWeeklyHours", {
                "staff": staff, "effectiveFrom": "2026-01-01",
                "blocks": [{"weekday": day, "from": "00:00", "to": "24:00"} for day in range(1, 8)]})
        # One on whose team are those of the columns with a plus, and one on whose team is the colleague alone.
        self.team = make("RegisterClient", {
            "givenName": "Tamsin", "familyName": "Teamed", "dateOfBirth": "1990-02-03", "remark": "likes mornings",
            "primaryTherapist": self.colleague})
        self.lone = make("RegisterClient", {
            "givenName": "Lorna", "familyName": "Lone", "dateOfBirth": "1991-02-03", "primaryTherapist": self.colleague})
        for column, role in TEAM_ROLES.items():
            # Owners let nobody in, themselves included.
            self.done(self.callers["manager"], "AssignCareTeamMember", {
                "client": self.team, "staff": self.callers[column].staff, "role": role})
        self.appointment = self.book(self.team, self.colleague, 0)
        for number, column in enumerate(sorted(CLINICIANS)):
            self.callers[column].own = self.book(self.lone, self.callers[column].staff, number + 1)
        colleague = self.enrolled("colleague", self.colleague)
        self.done(colleague, "RecordNonSessionContact", {
            "client": self.team, "channel": "phone", "direction": "inbound", "minutes": 5, "summary": "slept badly"})
        self.notes(colleague)
        self.money()

    def notes(self, colleague):
        """A draft of the colleague's, and a note that they have signed; both of the team's client."""
        texts = [{"name": name, "text": "rests well"} for name in ("with", "channel", "summary", "action")]
        self.draft_note, self.note = [self.done(colleague, "StartNote", {"client": self.team})["id"] for _ in range(2)]
        for note in (self.draft_note, self.note):
            self.done(colleague, "SaveNoteDraft", {"note": note, "base": 0, "sections": texts})
        self.done(colleague, "SignNote", {"note": self.note, "revision": 1})

    def money(self):
        """Bills of the team's client in every state that refuses the next step, and for each clinician a fee of their own."""
        make = self.daemon.made
        dollars = lambda minor: {"minor": minor, "currency": "USD"}  # noqa: E731
        make("PublishCancellationPolicy", {"lateWindowMinutes": 43_200, "lateCancelFee": {"amount": dollars(2_000)}})
        for column, staff in [(c, self.callers[c].staff) for c in sorted(CLINICIANS)] + [("colleague", self.colleague)]:
            late = make("BookAppointment", {"client": self.team, "staff": staff, "service": self.service,
                                            "start": kit.day(5) + f"T{self.hour():02}:00", "modality": "online"})
            fee = self.done(self.callers["owner"], "CancelAppointment", {
                "appointment": late, "by": "client", "reason": "other"})["charge"]
            if column == "colleague":
                self.fee = fee
            else:
                self.callers[column].fee = fee
        self.payer = make("DefinePayer", {"name": "County Fund"})
        post = lambda: make("PostCharge", {"client": self.team, "kind": "report", "unit": dollars(10_000),  # noqa: E731
                                           "remark": "A report"})
        draft = lambda: make("DraftInvoice", {"client": self.team, "charges": [post()]})  # noqa: E731
        self.charge, self.spare_charge, self.draft, self.void, self.invoice = post(), post(), draft(), draft(), draft()
        self.billed = post()
        make("DraftInvoice", {"client": self.team, "charges": [self.billed]})
        # The last stays open.
        for invoice in (self.void, self.invoice, draft()):
            make("IssueInvoice", {"invoice": invoice})
        make("VoidInvoice", {"invoice": self.void, "reason": "Wrong"})
        pay = lambda **more: make("RecordPayment", {  # noqa: E731
            "client": self.team, "amount": dollars(1_000), "method": "cash", **more})
        self.payment = pay(keepAsCredit=True)
        self.reversed = pay(keepAsCredit=True)
        make("ReversePayment", {"payment": self.reversed, "reason": "bounced"})
        self.allocation = make("AllocatePayment", {"payment": self.payment, "invoice": self.invoice})
        make("ReverseAllocation", {"allocation": self.allocation})
        make("AllocatePayment", {"payment": self.payment, "invoice": self.invoice})
        self.payment = pay(keepAsCredit=True)
        self.write_off = make("WriteOffBalance", {"invoice": self.invoice, "amount": dollars(100), "reason": "courtesy"})
        make("ReverseWriteOff", {"writeOff": self.write_off})
        self.credit_note = make("IssueCreditNote", {
            "invoice": self.invoice, "reason": "Too much", "lines": [{"line": 1, "amount": dollars(9_500)}]})

    def hour(self):
        self.serial += 1
        return self.serial % 24

    def done(self, caller, name, body):
        status, reply = caller.ask(self.daemon, "POST", "/v1/commands/" + name, body)
        if status != 201:
            raise RuntimeError(f"{name}: {status} {reply}")
        return reply

    def book(self, client, staff, hour):
        return self.daemon.made("BookAppointment", {
            "client": client, "staff": staff, "service": self.service, "start": f"{kit.day(30)}T{hour:02}:00",
            "modality": "online"})

    def link(self, staff):
        self.serial += 1
        return self.daemon.made("LinkSocketUser", {"uid": 65_100 + self.serial, "staff": staff})

    def fresh(self):
        self.serial += 1
        return f"{self.serial}-{self.options.random.getrandbits(40):x}"


def commands(w):
    """Name → variant → the body for a caller; None where it makes no sense. Where it can be had, the command is one that
    a rule refuses once it is permitted, so that nothing changes under the next caller."""
    own = lambda c: c.staff or w.colleague  # noqa: E731
    past = {"service": w.service, "start": "2020-01-06T10:00", "modality": "online"}

    def about(**more):
        return {"own": lambda c: c.own and {"appointment": c.own, **more},
                "other's": lambda c: {"appointment": w.appointment, **more}}

    def staff(**more):
        return {"own": lambda c: {"staff": own(c), **more}, "other's": lambda c: {"staff": w.colleague, **more}}

    def any(body):
        return {"": lambda c: body() if callable(body) else body}

    once = {"service": w.service, "modality": "online"}
    hour = lambda number: kit.day(30) + "T%02d:00" % number  # noqa: E731
    # Nobody has hours at the location.
    away = {"service": w.service, "modality": "in_person", "location": w.location, "room": w.room,
            "start": kit.day(50) + "T10:00", "override": ["unavailable_hours"]}
    hours = {"effectiveFrom": "2026-01-01", "location": w.location, "blocks": []}
    opening = {"start": kit.day(95) + "T08:00", "end": kit.day(95) + "T09:00", "location": w.location}
    leave = {"start": kit.day(96) + "T08:00", "end": kit.day(96) + "T09:00", "kind": "annual"}
    return {
        "InitialisePractice": any({"name": "Again", "zone": "Etc/UTC", "ownerName": "A", "ownerEmail": "a@example.org"}),
        "AcceptClock": any({"jumpMs": 7_200_000}),
        "AddStaff": {
            "therapist": lambda c: {"name": "Twice", "email": "pupil@example.org", "roles": ["therapist"]},
            "owner": lambda c: {"name": "New", "email": w.fresh() + "@example.org", "roles": ["owner"]}},
        "AssignRole": {"biller": lambda c: {"staff": w.pupil, "role": "biller"},
                       "owner": lambda c: {"staff": w.partner, "role": "owner"},
                       "auditor": lambda c: {"staff": w.examiner, "role": "auditor", "until": kit.day(200)},
                       "auditor, no end": lambda c: {"staff": w.pupil, "role": "auditor"},
                       "self": lambda c: {"staff": own(c), "role": "biller"} if c.column != "owner" else None},
        "RevokeRole": {"biller": lambda c: {"staff": w.colleague, "role": "biller"},
                       "owner": lambda c: {"staff": w.colleague, "role": "owner"},
                       "auditor": lambda c: {"staff": w.colleague, "role": "auditor"}},
        "SetStaffServices": staff(services=[w.service], locations=[w.location]),
        "LinkSocketUser": {"other's": lambda c: {"uid": 65000, "staff": w.colleague},
                           "an owner's": lambda c: {"uid": 65001, "staff": w.partner}},
        # Whoever may ends it, so everybody gets one of their own to end.
        "UnlinkSocketUser": {"other's": lambda c: {"link": w.link(w.colleague)},
                             "an owner's": lambda c: {"link": w.link(w.partner)}},
        "IssueToken": {"own": lambda c: {"sha256": sha(w.secret())},
                       "other's": lambda c: {"staff": w.colleague, "sha256": sha(w.secret())},
                       "an owner's": lambda c: {"staff": w.partner, "sha256": sha(w.secret())}},
        "RevokeToken": {"own": lambda c: {"token": c.spare}, "other's": lambda c: {"token": w.spare},
                        "an auditor's": lambda c: {"token": w.examiners}},
        # Nothing is offered to those who are in; and the one who is not must stay out until the end.
        "CompleteEnrolment": {"": lambda c: {"sha256": sha(w.secret())} if c.column != "offered" else None},
        "AddLocation": any(lambda: {"name": "L" + w.fresh()}),
        "AddRoom": any(lambda: {"location": w.location, "name": "R" + w.fresh()}),
        "DefineService": any({"code": "i50", "name": "Twice", "minutes": 50}),
        "PublishPriceList": any({"effectiveFrom": kit.day(40), "prices": [
            {"service": w.service, "amount": {"minor": 100, "currency": "USD"}}]}),
        "RegisterClient": any({"givenName": "No", "familyName": "Birthday"}),
        "UpdateClientDetails": {"": lambda c: {"client": w.team}},
        "AssignCareTeamMember": {
            "secondary": lambda c: {"client": w.team, "staff": w.colleague, "role": "secondary", "from": kit.day(1),
                                    "until": kit.day(2)},
            "second primary": lambda c: {"client": w.team, "staff": w.colleague, "role": "primary"},
            "self": lambda c: {"client": w.team, "staff": own(c), "role": "covering"} if c.column in CLINICIANS else None},
        "SetWeeklyHours": staff(**hours),
        "AddExtraOpening": staff(**opening),
        "RequestTimeOff": staff(**leave),
        "ApproveTimeOff": {"own": lambda c: {"timeOff": c.time_off}, "other's": lambda c: {"timeOff": w.time_off}},
        "BookAppointment": {
            "own": lambda c: {"client": w.lone, "staff": own(c), **past},
            "other's": lambda c: {"client": w.team, "staff": w.colleague, **past},
            # Without a reason, so that who may is refused for the lack of it, and the place stays taken by one.
            "other's, overlap": lambda c: {**once, "client": w.lone, "staff": w.colleague, "start": hour(0),
                                           "override": ["therapist_overlap"]},
            "own, overlap": lambda c: c.own and {**once, "client": w.team, "staff": c.staff, "override": [
                "therapist_overlap"], "start": hour(1 + sorted(CLINICIANS).index(c.column))},
            "other's, out of hours": lambda c: {**away, "client": w.lone, "staff": w.colleague},
            "own, out of hours": lambda c: c.own and {**away, "client": w.lone, "staff": c.staff}},
        "RescheduleAppointment": about(),
        "ConfirmAppointment": about(by="client", channel="phone"),
        "CheckInClient": about(),
        "StartSession": about(),
        "EndSession": about(),
        "RecordSession": about(started=kit.day(30) + "T10:00", ended=kit.day(30) + "T10:30"),
        "MarkNoShow": about(),
        "RecordNonSessionContact": {"": lambda c: {"client": w.team, "channel": "phone", "direction": "inbound",
                                                   "summary": "a call"}},
        **note_commands(w),
        **money_commands(w),
        # These end an appointment, and so are asked last.
        "CancelAppointment": about(reason="other"),
        "MarkEnteredInError": about(reason="twice"),
    }


def note_commands(w):
    """Refused to all who may: it is the colleague's draft, the day is still to come, the note waits for nobody."""
    once = lambda **body: {"": lambda c: body}  # noqa: E731
    return {
        "StartNote": {"": lambda c: {"client": w.team, "serviceDate": kit.day(40)},
                      "of another client": lambda c: {"client": w.lone, "serviceDate": kit.day(40)}},
        "SaveNoteDraft": once(note=w.draft_note, base=0),
        "DiscardNoteDraft": once(note=w.draft_note, reason="twice"),
        "SignNote": once(note=w.draft_note, revision=1),
        "CosignNote": once(note=w.note),
        "ReturnNote": once(note=w.note, reason="too short"),
        "AddAddendum": once(note=w.draft_note, text="more", reason="later"),
        "MarkNoteInError": once(note=w.draft_note, reason="twice"),
    }


def money_commands(w):
    dollars = lambda minor: {"minor": minor, "currency": "USD"}  # noqa: E731
    once = lambda **body: {"": lambda c: body}  # noqa: E731
    return {
        "UpdatePracticeProfile": once(legalName="Riverside"),
        "PublishCancellationPolicy": once(lateWindowMinutes=43_200, lateCancelFee={"amount": dollars(2_000)}),
        "DefineTaxCode": once(code="GST", basisPoints=900, effectiveFrom=kit.day(1)),
        "DefinePayer": {"": lambda c: {"name": "Fund " + w.fresh()}},
        "PostCharge": once(client=w.team, kind="report", unit=dollars(100), remark="A letter"),
        "AdjustCharge": once(charge=w.charge, unit=dollars(200), reason="A discount"),
        "VoidCharge": once(charge=w.spare_charge, reason="Twice"),
        "WaiveFee": {"own": lambda c: c.fee and {"charge": c.fee, "reason": "Ill"},
                     "other's": lambda c: {"charge": w.fee, "reason": "Ill"}},
        "DraftInvoice": once(client=w.team, charges=[w.billed]),
        "DiscardInvoiceDraft": once(invoice=w.draft),
        "IssueInvoice": once(invoice=w.invoice),
        "VoidInvoice": once(invoice=w.invoice, reason="Wrong"),
        "IssueCreditNote": once(invoice=w.void, reason="Wrong"),
        "ApplyCredit": once(creditNote=w.credit_note, invoice=w.void),
        "RecordPayment": once(client=w.team, amount=dollars(100), method="cash", keepAsCredit=True),
        "AllocatePayment": once(payment=w.payment, invoice=w.void),
        "ReverseAllocation": once(allocation=w.allocation),
        "ReversePayment": once(payment=w.reversed, reason="bounced"),
        "IssueRefund": once(payment=w.reversed, reason="Paid twice"),
        "WriteOffBalance": once(invoice=w.void, reason="courtesy"),
        "ReverseWriteOff": once(writeOff=w.write_off),
    }


def questions(w):
    own = lambda c: c.staff or w.colleague  # noqa: E731
    span = {"from": kit.day(30), "to": kit.day(31)}
    slots = {"service": w.service, "modality": "online", "limit": 3}
    one = lambda body: {"": lambda c: body}  # noqa: E731
    staff = {"own": lambda c: {"staff": own(c)}, "other's": lambda c: {"staff": w.colleague}, "all": lambda c: {}}
    return {
        "Agenda": {"own": lambda c: {"staff": own(c), **span}, "other's": lambda c: {"staff": w.colleague, **span},
                   "of a client": lambda c: {"client": w.team, **span},
                   "of another client": lambda c: {"client": w.lone, **span}},
        "FreeSlots": {"": lambda c: {**slots, **span}, "for a client": lambda c: {**slots, "client": w.team, **span}},
        "ShowAppointment": one({"appointment": w.appointment}),
        "ListTimeOff": staff, "ListHours": staff,
        "ClientHistory": one({"client": w.team}),
        "AuditTrail": {"own": lambda c: {"actor": own(c), "limit": 5},
                       "other's": lambda c: {"actor": w.colleague, "limit": 5}, "all": lambda c: {"limit": 5}},
        "ListStaff": one({}), "ListLocations": one({}), "ListRooms": one({}), "ListServices": one({}),
        "ListClients": one({}), "FindClients": one({"text": "Teamed"}),
        "ShowClient": {"": lambda c: {"client": w.team}, "another": lambda c: {"client": w.lone}},
        "WhoAmI": one({}), "ListAccess": one({}),
        "Chart": {"": lambda c: {"client": w.team}, "another": lambda c: {"client": w.lone}},
        "NoteQueue": staff,
        "ShowNote": {"": lambda c: {"note": w.note}, "a draft": lambda c: {"note": w.draft_note}},
        "Balances": {"": lambda c: {"client": w.team}, "another": lambda c: {"client": w.lone}},
        "ExplainBalance": {"": lambda c: {"client": w.team}, "another": lambda c: {"client": w.lone}},
        "ShowInvoice": {"": lambda c: {"invoice": w.invoice, "client": w.team},
                        "whosever": lambda c: {"invoice": w.invoice}},
        **{name: {"": lambda c: {"client": w.team}, "of all": lambda c: {}}
           for name in ("ListCharges", "ListInvoices", "ListPayments")},
        "ListPayers": one({}),
        "Ageing": one({}), "TrialBalance": one({}), "Journal": one({}),
    }


def jobs(w):
    sheets = {"clientsCsv": "id,first name,last name,date of birth\n1,Old,Sheet,1980-01-01\n",
              "appointmentsCsv": "id,client,start,end\n"}
    return {"verify": {}, "rebuild": {"view": "directory", "verifyOnly": True}, "digest": {},
            "import": {**sheets, "dryRun": True, "source": "old"}, "import-undo": {"import": w.location}}


def streams():
    """Method and path as the OpenAPI document has it → the permission whose lack is recorded, and for each variant the
    target, and whether it is followed."""
    return {
        "get /v1/events": ("view events", {"": ("/v1/events?after=3", False),
                                           "follow": ("/v1/events?after=3&follow=true", True)}),
        "get /v1/log/checkpoint": (None, {"": ("/v1/log/checkpoint", False)}),
        "get /v1/log/key": (None, {"": ("/v1/log/key", False)}),
        # Of the first 256 events, which there are by then.
        "get /v1/log/tile/{level}/{tile}": ("view events", {
            "hashes": ("/v1/log/tile/0/000", False), "entries": ("/v1/log/tile/entries/000", False)}),
        "get /v1/log/proof/{position}": ("view self", {"": ("/v1/log/proof/0", False)}),
        "get /v1/health": (None, {"": ("/v1/health", False)}),
        "get /v1/metrics": ("administer", {"": ("/v1/metrics", False)}),
        "get /v1/openapi.json": ("view self", {"": ("/v1/openapi.json", False)}),
    }
