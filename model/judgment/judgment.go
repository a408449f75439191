// Package judgment holds the nouns that cross the borders between Caipan's packages: the case as read
// (header, sections, parties, findings, rulings, citations), the facts resolved from findings, the doctrinal
// decision with its steps, and the comparison of decision and ruling.
//
// It holds data and nothing else: no reading, no rules, no files. Every package of the project may import it;
// it imports nothing of ours. Enumerations are lower-case strings, as in the tables (docs/CODEBOOK.md);
// an empty string means "not stated in the text" unless a field says otherwise.
package judgment

// Span is a half-open range of byte offsets into a case's canonical text.
// The zero Span means "no place": nothing was quoted.
type Span struct{ Start, End int }

// Len is the length of the span in bytes.
func (s Span) Len() int { return s.End - s.Start }

// IsZero reports whether the span points nowhere.
func (s Span) IsZero() bool { return s.End <= s.Start }

// Contains reports whether o lies wholly inside s.
func (s Span) Contains(o Span) bool { return o.Start >= s.Start && o.End <= s.End }

// Of returns the quoted words, "" for a zero span or one outside the text.
func (s Span) Of(text string) string {
	if s.IsZero() || s.Start < 0 || s.End > len(text) {
		return ""
	}
	return text[s.Start:s.End]
}

// Case (裁判文书) is one judgment as read from its text.
type Case struct {
	CaseID  string // "c" + 16 hex digits of the SHA-256 of the identity text
	CaseKey string // court, case number, document type: stays when the text is downloaded again
	// IdentityKey is the first 128 bits of the same digest, by which duplicates are compared; zero: not computed.
	IdentityKey [16]byte
	Source      Source
	Text        string // canonical text: UTF-8, one newline form, entities resolved, nothing else changed

	Header    Header
	Sections  []Section // in order of the text, not overlapping except quoted lower courts inside their host
	Parties   []Party
	Rulings   []Ruling
	Findings  []Finding
	Citations []Citation
	Terms     []Term // nil with --no-terms
	Tokens    int    // gse tokens of the whole text; -1 with --no-terms

	Corrections []Correction // by hand; nil as ingest reads the case
}

// Source says where the text came from.
type Source struct {
	ID     string // the dump's own id, may be ""
	Path   string // relative to the INPUT argument, "a.zip!dir/x.csv" for members
	Record int64  // 0-based number inside the source file
}

// Header is what the head and the tail of the document say, completed from the dump's columns where the text lacks it.
type Header struct {
	Title          string
	Court          string // full name as printed, white space removed
	CourtLevel     string // basic | intermediate | high | supreme | special | ""
	Province       string
	CaseNumber     string // own number, as printed, white space removed
	JudgmentDate   string // YYYY-MM-DD, "" if not readable (a masked day gives "")
	FilingDate     string // YYYY-MM-DD
	Cause          string // 案由
	Instance       string // first | second | retrial | other
	TrialProcedure string // simple | small_claim | ordinary | ""
	DocType        string // judgment | order | mediation | decision | notice | other
	Category       string // civil | criminal | administrative | enforcement | other
	Outcome        string // granted|partly|dismissed|affirmed|reversed|patched|remanded|withdrawn|other
	Default        bool   // 缺席判决: a defendant did not appear
	NameMasked     bool   // parties' company names are masked (某公司)
	CitedNumbers   []string
	Contradictions int // fields where text and dump column differ (the text wins)
}

// Section kinds.
const (
	SecHead        = "head"        // court, title, number
	SecParties     = "parties"     // 当事人
	SecProcess     = "process"     // 审理经过
	SecClaims      = "claims"      // 诉称, 诉讼请求, 上诉请求, 事实和理由
	SecAnswer      = "answer"      // 辩称, 述称
	SecEvidence    = "evidence"    // 举证质证认证
	SecFacts       = "facts"       // 经审理查明
	SecUndisputed  = "undisputed"  // 双方无异议
	SecReasoning   = "reasoning"   // 本院认为
	SecBasis       = "basis"       // 依照…判决如下
	SecDisposition = "disposition" // 判决主文
	SecFees        = "fees"        // 案件受理费
	SecTail        = "tail"        // 如不服…, 审判长, date
	SecAppendix    = "appendix"    // 附相关法律条文
	SecOther       = "other"
)

// Section is one part of the judgment. A lower court's part quoted by a higher one is a section of its own
// with Quoted true and Instance of that lower court.
type Section struct {
	No       int
	Kind     string
	Instance string // first | second | retrial: whose part this is
	Holder   string // who speaks: court | lower_court | plaintiff | defendant | third_party | both | none
	Speaker  string // the party named as speaker ("被告甲公司"), "" if the court
	Quoted   bool   // part of a lower court's judgment reported here
	Span     Span
}

// Party (当事人) is a party of the case with the role it had at first instance.
type Party struct {
	No         int
	Name       string // exactly as in the heading
	NameSpan   Span
	ShortNames []string
	Role       string // plaintiff|defendant|third_party|guardian|counter_defendant|other, as at first instance
	RoleText   string // as printed: 上诉人（原审被告）
	Kind       string // person | organization
	// Represented: a lawyer or agent appeared for the party.
	Represented bool
	Appellant   bool
	Defaulted   bool // 经传票传唤无正当理由拒不到庭

	IsPlatformOperator bool
	SubjectKind        string // platform | self_operated | nsp_other | user_or_merchant | offline_venue | unknown | "" (not examined)
	Brand              string
	ServiceType        string
}

// Ruling labels (gold codebook of rulings).
const (
	LabelOwn           = "own"
	LabelJoint         = "joint"
	LabelJointPlain    = "joint_plain"
	LabelJointLimited  = "joint_limited"
	LabelSupplementary = "supplementary"
	LabelShare         = "share"
	LabelInsurer       = "insurer"
	LabelEquitable     = "equitable"
	LabelNonmoney      = "nonmoney"
	LabelNone          = "none"
	LabelNotClaimed    = "not_claimed"
	LabelOutOfScope    = "out_of_scope"
	LabelUnknown       = "unknown" // the operative part was not understood for this party
)

// Ruling is what the last instance leaves standing against one party; HeadNo 0 is the party's main row,
// higher numbers are heads of claim beneath it.
type Ruling struct {
	PartyNo   int // -1: the debtor could not be resolved to a party
	PartyName string
	Role      string
	HeadNo    int
	HeadKind  string // refund|compensation|punitive|moral|costs|nonmoney|""
	Label     string
	Also      []string
	Via       string // own | affirmed | reversed | patched

	Amount        *float64 // yuan, main sum; nil: none or not computable
	ClaimedAmount *float64
	Fraction      *float64 // 0..1
	ShareBasis    string   // others | victim_only | ""
	CapAmount     *float64 // yuan
	CapFraction   *float64 // 0..1
	Scope         string   // full | duty | enlarged | ""
	Recourse      string   // full | internal | none | ""
	Items         []int
	Nonmoney      []string
	Implicit      bool
	Span          Span
	Quote         string // == Text[Span.Start:Span.End]
	Rule          string // the rule of the grammar that decided, for `ingest why`
	Why           string // how it was read, in one short English sentence

	Hand []string // fields that a correction by hand set, sorted; nil as ingest reads the ruling
}

// Finding is one assertion about one variable, tied to words of the text.
type Finding struct {
	ID        string // case id + "f" + number
	PartyNo   int    // the party the finding is about; -1: the case or nobody
	Variable  string
	Value     string
	Status    string // affirmed | denied | not_proved | uncertain
	Level     int    // 3 reasoning, 2 facts, 1 agreed, 0 allegation, -1 quoted norm or contract
	Holder    string // plaintiff|defendant|third_party|lower_court|this_court|norm|contract|expert
	Adoption  string // adopted | rejected | open | "" (nothing to adopt)
	SectionNo int
	Span      Span
	Quote     string
	CueID     string

	NegationCue    string
	ScopeEndReason string
}

// Citation is one article named by the court.
type Citation struct {
	Law       string // full title as printed, without title marks
	Article   int    // 0: law without article
	Paragraph int
	Item      int
	Role      string // basis | cited
	Holder    string
	InForce   string // yes | no | unknown: at the judgment date
	Span      Span
	Quote     string
}

// Term is a gse token of one section with its count.
type Term struct {
	SectionNo int
	Term      string
	Count     int
}

// Fact is the one value of a variable for a party under one evidence policy.
type Fact struct {
	CaseID         string
	PartyNo        int
	EvidencePolicy string // pleadings | undisputed | facts | reasoning
	Variable       string
	Value          string // a value of the variable, or not_proved | unknown | conflict
	Level          int
	Status         string   // read | derived | hand
	FindingIDs     []string // of a hand value the correction first
	Reason         string
}

// Kinds of what a correction sets.
const (
	CorrectsFact   = "fact"   // a variable of the vocabulary
	CorrectsRuling = "ruling" // a field of the party's main ruling
	CorrectsParty  = "party"  // an attribute of the party
)

// What became of a correction.
const (
	CorrectionApplied   = "applied"   // it stands in place of what was read
	CorrectionRepeated  = "repeated"  // another row says the same
	CorrectionOverruled = "overruled" // another row settles otherwise
	CorrectionStale     = "stale"     // the words that it rests on are no longer in the text: not applied
)

// Correction (人工更正) is a value that a person sets in place of what was read.
type Correction struct {
	ID      string // case id + "h" + number
	CaseID  string
	PartyNo int
	Kind    string // fact | ruling | party
	Field   string // variable, or column of rulings or parties
	Value   string // numbers in digits, lists joined by "; ", "" where the field is emptied
	Was     string // what was read; of a variable on the richest rung that the correction reaches
	Level   int    // level at which a variable's value holds; -1: that of what it overrides
	Status  string // applied | repeated | overruled | stale
	Coder   string
	Date    string // YYYY-MM-DD, ""
	Reason  string
	Span    Span // of the quote; zero without one, or where it is not in the text
	Quote   string
	Source  string // file and place of the row
}

// Dates are the three dates that can choose the norm; "" is unknown and never replaced by another.
type Dates struct{ ActFrom, ActTo, Filing, Judgment string }

// Decision is the doctrinal prediction for one platform operator.
type Decision struct {
	CaseID         string
	PartyNo        int
	PartyName      string
	Doctrine       string
	Variant        string
	EvidencePolicy string
	Outcome        string // decided | undetermined | conflict | out_of_scope
	Liability      string // joint|joint_limited|supplementary|share|own|none, "" unless decided
	Scope          string // full | duty | enlarged | ""
	CapFraction    *float64
	Order          string // none | third_party_first | ""
	Recourse       string // full | internal | none | ""
	DutyIntensity  string // low | medium | high | ""
	BreachDerived  string // yes | no | unknown
	RuleID         string
	Missing        []string
	Decisive       []string
	ServiceType    string
	LawAssumed     string // basis of the law in time where the act's date is unknown
	PackDigest     string
	Steps          []Step
}

// Step is one line of a decision's trace.
type Step struct {
	No         int
	Parent     int    // -1: top
	Kind       string // fact | derived | rule | defeat | in_dubio | result
	RuleID     string
	Norm       string
	Condition  string
	Truth      string // true | false | unknown
	Result     string
	FindingIDs []string
	Status     string // of a fact step, as in Fact: read | derived | hand
}

// Comparison sets one prediction beside the actual ruling at one stage.
type Comparison struct {
	CaseID         string
	PartyNo        int
	HeadNo         int
	Doctrine       string
	Variant        string
	EvidencePolicy string
	Stage          string // liable | type | scope | breach
	Predicted      string
	Actual         string
	PredictedScope string
	ActualScope    string
	Cap            *float64
	Compared       bool
	Agree          bool
	Compatible     bool
	Distance       *int
	Disagreement   string   // extraction|missing_fact|outcome_reading|rule_gap|unexplained
	Hand           []string // fields and variables behind it that were corrected by hand, sorted
	Counted        bool     // the numbers count it: no later instance of the same dispute does instead
}
