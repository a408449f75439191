package report

import (
	"fmt"

	"caipan/model/judgment"
	"caipan/report/agreement"
)

// openAt reports whether a pair that is not compared could be, were the open side known: at the stage type a side that
// says "none" is settled, elsewhere nothing is.
func openAt(stage string, p stagePair) bool {
	return !p.compared && (stage != StageType || p.Actual != judgment.LabelNone && p.Predicted != judgment.LabelNone)
}

// hitCells are 1 for a unit that agrees at a stage, 0 for one that differs, -1 for one that is not compared.
func (t *tally) hitCells(x choice, stage int) []int16 {
	return t.open[x].stage[stage].recode(len(t.units), -1, func(p stagePair) int16 {
		if !p.compared {
			return -1
		}
		return int16(bitOf(p.Actual == p.Predicted))
	})
}

// uncertainty gives, for each stage that may be reported, the bounds of what is open, and agreement with intervals that
// draw whole clusters (plaintiff and platform; court) with the effective n.
func (c *computer) uncertainty(x choice) {
	t := c.t
	series, courts := t.seriesOf(), t.courtsOf()
	for k, stage := range stageNames {
		if stage == StageType && t.liable < MinLiable {
			continue
		}
		c.bounds(x, stage, &t.open[x].stage[k])
		cells := t.hitCells(x, k)
		if stage != StageLiable {
			c.clusteredShare(x, stage, "agreement_clustered", "", series, len(t.series.names), cells)
		}
		c.clusteredShare(x, stage, "agreement_clustered_court", "", courts, len(t.courts.names), cells)
		c.effective(x, stage, "effective_n", "", series, len(t.series.names), cells)
		if x.Policy == policyFull && (stage == StageLiable || stage == StageBreach) {
			for dim, by := range dimensions {
				c.clusteredGroups(x, stage, "agreement_clustered."+by, dim, cells)
			}
		}
	}
}

// bounds are those of the agreement at a stage if everything open were a hit or a miss.
func (c *computer) bounds(x choice, stage string, s *stageCodes) {
	compared := s.count(func(p stagePair) bool { return p.compared })
	open := s.count(func(p stagePair) bool { return openAt(stage, p) }).total()
	hits := 0
	for p, v := range compared {
		if p.Actual == p.Predicted {
			hits += v
		}
	}
	c.add(x, stage, "bounds", "", agreement.BoundedShare(hits, compared.total(), open))
	c.addCount(x, stage, "not_compared", "", open, compared.total()+open)
}

// clusteredGroups does so for every group of a dimension.
func (c *computer) clusteredGroups(x choice, stage, metric string, dim int, cells []int16) {
	t := c.t
	series := t.seriesOf()
	for g, name := range t.groupNames[dim].names {
		part := make([]int16, len(cells))
		for u, cell := range cells {
			part[u] = -1
			if int(t.units[u].group[dim]) == g {
				part[u] = cell
			}
		}
		c.clusteredShare(x, stage, metric, name, series, len(t.series.names), part)
		c.effective(x, stage, "effective_n."+dimensions[dim], name, series, len(t.series.names), part)
	}
}

// clusteredShare is the share of cells 1 with an interval that draws whole clusters; nothing where no cell counts.
func (c *computer) clusteredShare(x choice, stage, metric, of string, cluster []int32, clusters int, cells []int16) {
	if sums := c.sums(cluster, clusters, cells, 2); sums != nil {
		c.add(x, stage, metric, of, shareInterval(sums))
	}
}

func (c *computer) effective(x choice, stage, metric, of string, cluster []int32, clusters int, cells []int16) {
	if sums := c.sums(cluster, clusters, cells, 2); sums != nil {
		c.add(x, stage, metric, of, sums.EffectiveN())
	}
}

func (c *computer) sums(cluster []int32, clusters int, cells []int16, k int) *agreement.ClusterSums {
	sums, err := agreement.CountClusters(cluster, cells, clusters, k)
	if err != nil {
		c.err = fmt.Errorf("count by clusters: %w", err)
		return nil
	}
	if sums.Rows == 0 {
		return nil
	}
	return sums
}

// shareInterval is the share of cell 1 among cells 0 and 1 with a BCa interval over clusters.
func shareInterval(sums *agreement.ClusterSums) agreement.Estimate {
	share := agreement.Statistic{Name: "share", Of: func(n []float64) float64 { return n[1] / (n[0] + n[1]) }}
	return sums.Bootstrap([]agreement.Statistic{share}, bootstrapDraws, bootstrapSeed)[0].Interval(agreement.BCa, Level)
}

// corpusClusters gives the share held liable, whole and by group, with intervals that draw whole clusters.
func (c *computer) corpusClusters() {
	t := c.t
	cells := make([]int16, len(t.units))
	for u := range cells {
		cells[u] = int16(bitOf(t.units[u].liable))
	}
	series := t.seriesOf()
	c.clusteredShare(choice{}, "", "liable_share_clustered", "", series, len(t.series.names), cells)
	c.clusteredShare(choice{}, "", "liable_share_clustered_court", "", t.courtsOf(), len(t.courts.names), cells)
	c.effective(choice{}, "", "effective_n", "", series, len(t.series.names), cells)
	c.addCount(choice{}, "", "clusters_court", "", len(t.courts.names), t.parties)
	for dim, by := range dimensions {
		c.clusteredGroups(choice{}, "", "liable_share_clustered."+by, dim, cells)
	}
}

// seriesOf is the series of every unit.
func (t *tally) seriesOf() []int32 {
	out := make([]int32, len(t.units))
	for u := range out {
		out[u] = t.units[u].series
	}
	return out
}

func (t *tally) courtsOf() []int32 {
	out := make([]int32, len(t.units))
	for u := range out {
		out[u] = t.units[u].court
	}
	return out
}

// ruleCount is what became of the parties that one rule decided.
type ruleCount struct{ Parties, Compared, Hits, Liable int }

func (r *ruleCount) add(x ruleCount) {
	r.Parties += x.Parties
	r.Compared += x.Compared
	r.Hits += x.Hits
	r.Liable += x.Liable
}

// byRule counts the units of a choice by the rule that decided, with the agreement on liable or not.
func (t *tally) byRule(x choice) map[string]ruleCount {
	o := t.open[x]
	out := map[string]ruleCount{}
	n := make([]ruleCount, len(o.ruleNames)+1)
	for u, k := range o.ruleOf {
		r := &n[k]
		r.Parties++
		if agrees, ok := hit(t.at(x, u)); ok {
			r.Compared++
			r.Hits += bitOf(agrees)
			r.Liable += bitOf(t.at(x, u)/2 == 1)
		}
	}
	for k, name := range o.ruleNames {
		out[name] = n[k+1]
	}
	return out
}

// ruleGroups are the threshold rules of a choice, which say that there is nothing to divide (no wrong, no link, no breach,
// burden, procedure), and the rules that give a liability, each with its sum.
func (c *computer) ruleGroups(x choice) {
	sums := map[string]*ruleCount{thresholdRules: {}, liabilityRules: {}}
	for rule, n := range c.t.byRule(x) {
		if group := c.ruleGroup(x, rule); group != "" {
			sums[group].add(n)
		}
	}
	for _, group := range []string{thresholdRules, liabilityRules} {
		n := sums[group]
		c.add(x, StageLiable, "agreement_rules", group, agreement.Wilson(n.Hits, n.Compared, Level))
		c.add(x, StageLiable, "always_none_rules", group, agreement.Wilson(n.Compared-n.Liable, n.Compared, Level))
		c.addCount(x, StageLiable, "decided_by", group, n.Parties, n.Parties)
	}
}

// Kinds of rule.
const (
	thresholdRules = "threshold"
	liabilityRules = "liability"
)

// ruleGroup is the kind of a rule, "" for an outcome that no rule gave.
func (c *computer) ruleGroup(x choice, rule string) string {
	if of := c.thresholds[doctrineKey{x.Doctrine, x.Variant}]; of != nil {
		if threshold, ok := of[rule]; ok {
			return map[bool]string{true: thresholdRules, false: liabilityRules}[threshold]
		}
	}
	return ""
}

type doctrineKey struct{ ID, Variant string }

// thresholdsOf says of every rule of the doctrines whether it is a threshold.
func thresholdsOf(ds []Doctrine) map[doctrineKey]map[string]bool {
	out := map[doctrineKey]map[string]bool{}
	for _, d := range ds {
		of := map[string]bool{}
		for _, r := range d.Rules {
			of[r.ID] = r.Threshold
		}
		out[doctrineKey{d.ID, d.Variant}] = of
	}
	return out
}
