package ruling

// wordKind is what words of the table mean to the grammar; ruling.yaml writes it by name.
type wordKind uint8

const (
	wPay wordKind = iota
	wHold
	wAct
	wLiable
	wDeclare
	wPerform
	wJoint
	wMutual
	wCommon
	wEach
	wSupplementary
	wGuarantee
	wRange
	wEnlarged
	wEquitable
	wDismiss
	wRest
	wFree
	wAffirm
	wAffirmWhole
	wQuash
	wChange
	wRemand
	wReject
	wJudgment
	wCounterclaim
	wInterest
	wCosts
	wAside
	wNegated
	wNet
	wPaid
	wBaseAfter
	wTotal
	wThus
	wReference
	wInsurerName
	wInsurerWords
	wInsurerStrong
	wInsurerOrdinary
	wPriority
	wSecurity
	wRecourse
	wRecourseTold
	wRecoursePaid
	wRecourseBeyond
	wRecourseDenied
	wWithdrawn
	wFees
	wDelay
	wClosing
	wClosingLower
	wPart
	wNotPart
	wNotCourt
	wAdjusted
	wRemainder
	wRefused
	wBearing
	wContractual
	wOwnFault
	wSeveral
	wHeadMoral
	wHeadPunitive
	wHeadRefund
	wHeadCosts
	wHeadCompensation
	wPrayerChanged
	wPrayerStart
	wPrayerPlea
	wPrayerOpen
	wPrayerStop
	wPrayerRunning
	wPrayerDeclared
	wScopeDuty
	wordKinds // how many there are
)

var kindNames = [wordKinds]string{
	wPay: "pay", wHold: "hold", wAct: "act", wLiable: "liable", wDeclare: "declare", wPerform: "perform",
	wJoint: "joint", wMutual: "mutual", wCommon: "common", wEach: "each", wSupplementary: "supplementary", wGuarantee: "guarantee",
	wRange: "range", wEnlarged: "enlarged", wEquitable: "equitable", wDismiss: "dismiss", wRest: "rest", wFree: "free",
	wAffirm: "affirm", wAffirmWhole: "affirm_whole", wQuash: "quash", wChange: "change", wRemand: "remand", wReject: "reject",
	wJudgment: "judgment", wCounterclaim: "counterclaim", wInterest: "interest", wCosts: "costs", wAside: "aside", wNegated: "negated",
	wNet: "net", wPaid: "paid", wBaseAfter: "base_after", wTotal: "total", wThus: "thus", wReference: "reference",
	wInsurerName: "insurer_name", wInsurerWords: "insurer_words", wInsurerStrong: "insurer_strong", wInsurerOrdinary: "insurer_ordinary", wPriority: "priority", wSecurity: "security",
	wRecourse: "recourse", wRecourseTold: "recourse_told", wRecoursePaid: "recourse_paid", wRecourseBeyond: "recourse_beyond", wRecourseDenied: "recourse_denied", wWithdrawn: "withdrawn", wFees: "fees", wDelay: "delay", wClosing: "closing", wClosingLower: "closing_lower",
	wPart: "part", wNotPart: "not_part", wNotCourt: "not_court", wAdjusted: "adjusted", wRemainder: "remainder", wRefused: "refused", wBearing: "bearing", wContractual: "contractual", wOwnFault: "own_fault", wSeveral: "several", wHeadMoral: "head_moral",
	wHeadPunitive: "head_punitive", wHeadRefund: "head_refund", wHeadCosts: "head_costs", wHeadCompensation: "head_compensation", wPrayerChanged: "prayer_changed", wPrayerStart: "prayer_start",
	wPrayerPlea: "prayer_plea", wPrayerOpen: "prayer_open", wPrayerStop: "prayer_stop", wPrayerRunning: "prayer_running", wPrayerDeclared: "prayer_declared", wScopeDuty: "scope_duty",
}
