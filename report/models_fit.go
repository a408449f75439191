package report

import (
	"fmt"
	"slices"

	"caipan/report/agreement"
)

// Kinds of model.
const (
	modelBinary      = "binary"      // liable or not
	modelMultinomial = "multinomial" // types against none
	modelOrdinal     = "ordinal"     // types in the pack's order of severity
)

// Bounds of Firth's logit: above firthRows rows separated columns are left out instead; profile limits cost hundreds of
// fits a column, so above profileCost (rows times columns cubed) limits come from the information.
const (
	firthRows   = 20000
	profileCost = 300_000
)

// coefficient is one line of a model.
type coefficient struct {
	Term     *modelTerm
	Outcome  string             // type of liability; "" in the binary and the ordinal model
	Logit    agreement.Estimate // log odds, errors clustered by plaintiff and platform
	ByCourt  agreement.Estimate // the same, errors clustered by court
	Marginal agreement.Estimate // average marginal effect on the probability
	Profile  agreement.Estimate // Firth's log odds with profile limits for independent parties; only where cells separate
}

// modelFit is a fitted model or the reason why there is none.
type modelFit struct {
	Table, Kind string
	N, Liable   int
	Clusters    int
	Courts      int
	Lines       []coefficient
	Out         []leftOut
	Firth       bool
	Wald        bool   // Firth's limits come from the information, not from the profile
	Refused     string // a key of modelWords, "" if fitted
	Detail      string // of the refusal
	Odds        agreement.Test
	Fit         agreement.Estimate // McFadden
	References  string
}

// fitModels fits the models of one table. classes are the types of liability in order of severity, "none" first.
func (o *observations) fitModels(t *ModelTable, classes []string) []modelFit {
	f := o.frame(t)
	if f.events < MinLiable || len(f.rows)-f.events < MinLiable {
		why := fmt.Sprintf("%d of %d", f.events, len(f.rows))
		return []modelFit{{Table: t.ID, Kind: modelBinary, N: len(f.rows), Liable: f.events, Refused: "few_liable", Detail: why}}
	}
	return []modelFit{f.binary(), f.ofTypes(modelMultinomial, classes), f.ofTypes(modelOrdinal, classes)}
}

func (f *modelFrame) start(kind string) modelFit {
	return modelFit{Table: f.table.ID, Kind: kind, N: len(f.rows), Liable: f.events, Out: f.out}
}

func (m *modelFit) refuse(why, detail string) modelFit {
	m.Refused, m.Detail, m.Lines = why, detail, nil
	return *m
}

// binary is the logit of liable or not; where cells separate Firth's logit stands in, and above firthRows rows the
// separated columns are left out and named.
func (f *modelFrame) binary() modelFit {
	m := f.start(modelBinary)
	if len(f.terms) == 0 {
		return m.refuse("no_predictor", "")
	}
	d := f.design(true, &f.o.cluster)
	fit, err := agreement.FitLogit(d, f.liable)
	if err != nil {
		return m.refuse("not_fitted", err.Error())
	}
	if separated := len(fit.Separated) > 0 || !fit.Converged; separated && len(f.rows) > firthRows {
		if !f.drop(fit.Separated) {
			return m.refuse("not_fitted", "the likelihood has no maximum that was found")
		}
		return f.binary()
	} else if separated {
		return f.firth(m, d)
	}
	m.Clusters, m.References, m.Fit = fit.Clusters, d.Reference, fit.McFadden()
	byCourt, courts := f.courtErrors(func(d agreement.Design) (*agreement.Fit, error) {
		x, err := agreement.FitLogit(d, f.liable)
		return fitOf(x), err
	})
	m.Courts = courts
	e, err := fit.Estimates(fit.DefaultVariance(), Level)
	if err != nil {
		return m.refuse("not_fitted", err.Error())
	}
	for k := range f.terms {
		line := coefficient{Term: &f.terms[k], Logit: e[k+1], ByCourt: at(byCourt, k+1), Marginal: noEstimate("average marginal effect", "not computed")}
		if x, err := fit.MarginalEffect(f.terms[k].name(), fit.DefaultVariance(), Level); err == nil {
			line.Marginal = x[1]
		}
		m.Lines = append(m.Lines, line)
	}
	return m
}

// drop leaves out the predictors of the columns named; false if none of them is a term.
func (f *modelFrame) drop(columns []string) (dropped bool) {
	var out []*Predictor
	for i := range f.terms {
		if p := f.terms[i].Predictor; slices.Contains(columns, f.terms[i].name()) && !slices.Contains(out, p) {
			out = append(out, p)
			f.out = append(f.out, leftOut{p, "separates"})
		}
	}
	f.terms = slices.DeleteFunc(f.terms, func(t modelTerm) bool { return slices.Contains(out, t.Predictor) })
	return len(out) > 0
}

func (f *modelFrame) firth(m modelFit, d agreement.Design) modelFit {
	fit, err := agreement.FitFirth(d, f.liable)
	if err != nil {
		return m.refuse("not_fitted", err.Error())
	}
	if !fit.Converged {
		return m.refuse("not_fitted", "Firth's maximum was not found")
	}
	m.Firth, m.Clusters, m.References = true, fit.Clusters, d.Reference
	m.Fit = noEstimate("McFadden R²", "no likelihood maximum under separation")
	e, err := fit.Estimates(fit.DefaultVariance(), Level)
	if err != nil {
		return m.refuse("not_fitted", err.Error())
	}
	byCourt, courts := f.courtErrors(func(d agreement.Design) (*agreement.Fit, error) {
		x, err := agreement.FitFirth(d, f.liable)
		if err != nil {
			return nil, err
		}
		return &x.Fit, nil
	})
	m.Courts = courts
	profile := f.profile(fit, &m)
	for k := range f.terms {
		m.Lines = append(m.Lines, coefficient{Term: &f.terms[k], Logit: e[k+1], ByCourt: at(byCourt, k+1), Profile: profile[k+1],
			Marginal: noEstimate("average marginal effect", "separation: no finite maximum likelihood estimate")})
	}
	return m
}

// profile gives Firth's coefficients for independent parties: with limits from the profile, or from the information where
// profiles would take too long.
func (f *modelFrame) profile(fit *agreement.Firth, m *modelFit) []agreement.Estimate {
	if k := len(fit.Names); len(f.rows)*k*k*k <= profileCost {
		return fit.ProfileIntervals(Level)
	}
	m.Wald = true
	e, err := fit.Estimates(agreement.ModelVariance, Level)
	if err != nil {
		return slices.Repeat([]agreement.Estimate{noEstimate("Firth logit coefficient", err.Error())}, len(fit.Names))
	}
	return e
}

// ofTypes is the multinomial or ordinal logit over the types that at least minClass parties got; refused with fewer
// than three classes (the binary model then says all).
func (f *modelFrame) ofTypes(kind string, classes []string) modelFit {
	n := map[string]int{}
	for _, c := range f.class {
		n[c]++
	}
	var keep []string
	smallest := len(f.rows)
	for _, c := range classes {
		if n[c] >= minClass {
			keep = append(keep, c)
			smallest = min(smallest, n[c])
		}
	}
	m := f.start(kind)
	if len(keep) < 3 {
		return m.refuse("few_classes", fmt.Sprintf("%d", len(keep)))
	}
	g := f.only(keep)
	g.choose(smallest / eventsPerColumn)
	m = g.start(kind)
	if len(g.terms) == 0 {
		return m.refuse("no_predictor", "")
	}
	y := make([]int, len(g.class))
	for i, c := range g.class {
		y[i] = slices.Index(keep, c)
	}
	if kind == modelOrdinal {
		return g.ordinal(m, y, keep)
	}
	return g.multinomial(m, y, keep)
}

func (f *modelFrame) multinomial(m modelFit, y []int, classes []string) modelFit {
	fit, err := agreement.FitMultinomial(f.design(true, &f.o.cluster), y, classes)
	if err != nil {
		return m.refuse("not_fitted", err.Error())
	}
	if len(fit.Separated) > 0 || !fit.Converged {
		if f.drop(columnsOf(fit.Separated)) && len(f.terms) > 0 {
			m.Out = f.out
			return f.multinomial(m, y, classes)
		}
		return m.refuse("not_fitted", "cells separate")
	}
	m.Clusters, m.References, m.Fit = fit.Clusters, fit.Reference, fit.McFadden()
	byCourt, courts := f.courtErrors(func(d agreement.Design) (*agreement.Fit, error) {
		x, err := agreement.FitMultinomial(d, y, classes)
		return fitOf(x), err
	})
	m.Courts = courts
	e, err := fit.Estimates(fit.DefaultVariance(), Level)
	if err != nil {
		return m.refuse("not_fitted", err.Error())
	}
	width := len(f.terms) + 1
	for j, outcome := range classes[1:] {
		for k := range f.terms {
			line := coefficient{Term: &f.terms[k], Outcome: outcome, Logit: e[j*width+k+1], ByCourt: at(byCourt, j*width+k+1), Marginal: noEstimate("average marginal effect", "not computed")}
			if x, err := fit.MarginalEffect(f.terms[k].name(), fit.DefaultVariance(), Level); err == nil {
				line.Marginal = x[j+1]
			}
			m.Lines = append(m.Lines, line)
		}
	}
	return m
}

// columnsOf cuts the outcome from the names of a multinomial's coefficients.
func columnsOf(names []string) []string {
	var out []string
	for _, n := range names {
		if _, column, ok := cutOutcome(n); ok {
			out = append(out, column)
		}
	}
	return out
}

func (f *modelFrame) ordinal(m modelFit, y []int, classes []string) modelFit {
	fit, err := agreement.FitOrdinal(f.design(false, &f.o.cluster), y, classes)
	if err != nil {
		return m.refuse("not_fitted", err.Error())
	}
	if !fit.Converged {
		return m.refuse("not_fitted", "cells separate, or the maximum was not found")
	}
	m.Clusters, m.References, m.Fit = fit.Clusters, fit.Reference, fit.McFadden()
	byCourt, courts := f.courtErrors(func(d agreement.Design) (*agreement.Fit, error) {
		d.Names = d.Names[1:]
		for i := range d.X {
			d.X[i] = d.X[i][1:]
		}
		x, err := agreement.FitOrdinal(d, y, classes)
		if err != nil {
			return nil, err
		}
		return &x.Fit, nil
	})
	m.Courts = courts
	e, err := fit.Estimates(fit.DefaultVariance(), Level)
	if err != nil {
		return m.refuse("not_fitted", err.Error())
	}
	first := len(classes) - 1
	var names []string
	for k := range f.terms {
		names = append(names, f.terms[k].name())
		m.Lines = append(m.Lines, coefficient{Term: &f.terms[k], Logit: e[first+k], ByCourt: at(byCourt, first+k),
			Marginal: noEstimate("average marginal effect", "given for the binary and the multinomial model")})
	}
	m.Odds = fit.ProportionalOdds(names...)
	return m
}

// courtErrors fits the same model with clusters of courts; nil where there is no such fit.
func (f *modelFrame) courtErrors(fit func(agreement.Design) (*agreement.Fit, error)) ([]agreement.Estimate, int) {
	x, err := fit(f.design(true, &f.o.court))
	if err != nil || x == nil || x.Clusters < 2 {
		return nil, 0
	}
	e, err := x.Estimates(x.DefaultVariance(), Level)
	if err != nil {
		return nil, x.Clusters
	}
	return e, x.Clusters
}

func fitOf(m *agreement.Multinomial) *agreement.Fit {
	if m == nil {
		return nil
	}
	return &m.Fit
}

func at(list []agreement.Estimate, i int) agreement.Estimate {
	if i < len(list) {
		return list[i]
	}
	return noEstimate("errors clustered by court", "fewer than two courts")
}

func noEstimate(method, reason string) agreement.Estimate {
	return agreement.Estimate{Method: method, Undefined: true, NoInterval: true, Reason: reason}
}
