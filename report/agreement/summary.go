package agreement

// Named is an estimate under a stable readable key, for results.json and the metrics table.
type Named struct {
	Key      string   `json:"key"`
	Estimate Estimate `json:"estimate"`
}

// Summary holds the figures of one confusion table that are read together: no single one of
// them tells whether two codings agree where one class holds nearly all units.
type Summary struct {
	N             int
	Agreement     Estimate
	NoInformation Estimate
	AboveNoInfo   Test
	Kappa         Kappa
	KappaSeverity Kappa
	AC1           ChanceCorrected
	AC2           ChanceCorrected
	AlphaNominal  Estimate
	AlphaOrdinal  Estimate
	MCC           Estimate
	Balanced      Estimate
	Distance      Estimate
	TauB          Estimate
	Macro         Averages
	Classes       []ClassScores
	Bowker        Test
	StuartMaxwell Test
}

// Summary computes them. severity are the scores of the labels in the declared order of
// severity, nil for 0, 1, 2, ...; they weigh kappa and AC2 linearly and give the distance.
func (c *Confusion) Summary(severity []float64, level float64) Summary {
	if severity == nil {
		severity = ranks(len(c.Labels))
	}
	one, w, r := IdentityWeights(len(c.Labels)), SeverityWeights("severity, linear", severity, 1), c.Ratings()
	return Summary{
		N: c.N(), Agreement: c.Agreement(level), NoInformation: c.NoInformationRate(level), AboveNoInfo: c.BetterThanNoInformation(),
		Kappa: c.CohenKappa(one, level), KappaSeverity: c.CohenKappa(w, level), AC1: r.GwetAC(one, level), AC2: r.GwetAC(w, level),
		AlphaNominal: r.KrippendorffAlpha(Nominal), AlphaOrdinal: r.KrippendorffAlpha(Ordinal),
		MCC: c.MCC(), Balanced: c.BalancedAccuracy(), Distance: c.SeverityDistance(severity), TauB: c.KendallTauB(),
		Macro: c.Macro(0), Classes: c.PerClass(level), Bowker: c.Bowker(), StuartMaxwell: c.StuartMaxwell(),
	}
}

// List gives every estimate of the summary in a fixed order under keys such as "kappa" and
// "class.joint.recall".
func (s Summary) List() []Named {
	out := []Named{
		{"agreement", s.Agreement}, {"no_information_rate", s.NoInformation},
		{"kappa", s.Kappa.Estimate}, {"kappa_severity", s.KappaSeverity.Estimate},
		{"ac1", s.AC1.Estimate}, {"ac2", s.AC2.Estimate}, {"alpha_nominal", s.AlphaNominal}, {"alpha_ordinal", s.AlphaOrdinal},
		{"mcc", s.MCC}, {"balanced_accuracy", s.Balanced}, {"ordinal_distance", s.Distance}, {"tau_b", s.TauB},
		{"macro.precision", s.Macro.Precision}, {"macro.recall", s.Macro.Recall}, {"macro.f1", s.Macro.F1},
	}
	for _, c := range s.Classes {
		p := "class." + c.Label + "."
		out = append(out, Named{p + "precision", c.Precision}, Named{p + "recall", c.Recall},
			Named{p + "specificity", c.Specificity}, Named{p + "f1", c.F1}, Named{p + "mcc", c.MCC})
	}
	return out
}
