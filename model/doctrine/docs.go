package doctrine

//go:generate go test -count=1 -run "TestDocsAreGenerated|TestAuditOfShippedPacks" . -update

import (
	"fmt"
	"io"
	"sort"
	"strings"
)

// WriteDocs writes docs/DOCTRINE.md: every pack with its variants, bundles and tables in reading order with sources,
// the audit in short, and a walk through writing a new pack. It depends on the packs alone.
func WriteDocs(w io.Writer, packs []*Pack) error {
	b := &strings.Builder{}
	b.WriteString(docHead)
	for _, p := range packs {
		fmt.Fprintf(b, "- [%s](#pack-%s): %s / %s\n", p.ID, p.ID, p.Title.En, p.Title.Zh)
	}
	b.WriteString(walkThrough)
	for _, p := range packs {
		if err := writePack(b, p); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

const docHead = `# The doctrines

This file is generated from the rule packs (` + "`go generate ./model/doctrine`" + `); change the packs, not this page.

A pack is read from the top: the main table decides, and the row with the lowest rank that is true decides first. A
condition on a fact that is unknown, not proved or contradictory is itself unknown, and the row does not fire, unless the
row says with its ground how that counts ("if unknown"). Two rows of one rank that disagree are a conflict that names
both, unless one displaces the other or the pack's in-dubio rule lets the milder stand. Dates bound the rows that a norm
carries; the pack says which date counts.

Packs:

`

const walkThrough = `
## Writing a pack

1. ` + "`classify new-pack DIR`" + ` writes a small commented pack whose id is the folder's name; it loads and passes the audit.
2. ` + "`pack.yaml`" + `: name the text that the doctrine follows, the date that chooses the law, the order of severity, and each point
   on which the text can be read in two ways as a variant with its default and the gap that it answers.
3. ` + "`tables/*.yaml`" + `: one row a rule, with id, rank, source, norms, conditions, result and the reason in one English and one Chinese
   sentence. A condition is ` + "`variable: value`, `variable: [value, value]` or `variable: {not: value}`" + `. Variables and values are those of the
   vocabulary (docs/CODEBOOK.md), or the pack's own, declared in ` + "`derived.yaml`" + ` and computed by a table of kind any, decide or sum.
4. A rule that a norm carries gets ` + "`from`" + ` and ` + "`to`" + `; the loader refuses a row that holds while none of its norms is in force.
5. Where an unknown fact must count as something, write ` + "`on_unknown`" + ` with its ground: it becomes a step of its own in every trace.
6. ` + "`vignettes.yaml`" + `: a fact pattern for each rule in which it fires and one in which it fails, on both sides of each date.
7. ` + "`classify audit ID --rules DIR`" + ` walks through every combination of facts and prints gaps, conflicts and rows that never
   decide; ` + "`classify against`" + ` lists the decisions that a change gained, lost and changed.
8. A published version is never changed: raise ` + "`version`" + ` with every change. The digest of the files stands in every prediction.
`

func writePack(b *strings.Builder, p *Pack) error {
	fmt.Fprintf(b, "\n## Pack %s\n\n%s / %s. Version %s. Follows: %s. The law is chosen by the date of the %s.\n", p.ID, p.Title.En, p.Title.Zh, p.Version, p.Authority, p.LawTime)
	fmt.Fprintf(b, "Severity: %s.\n", strings.Join(p.Severity, " < "))
	if p.InDubio != nil {
		fmt.Fprintf(b, "In dubio%s: %s / %s (%s)\n", underVariants(p.InDubio.Variant), p.InDubio.Ground.En, p.InDubio.Ground.Zh, p.InDubio.Source)
	}
	if len(p.Variants) > 0 {
		b.WriteString("\n### Variants\n\n| key | values (default first) | answers | about |\n|---|---|---|---|\n")
		for _, v := range p.Variants {
			fmt.Fprintf(b, "| %s | %s | %s | %s / %s |\n", v.Key, strings.Join(defaultFirst(v), ", "), v.Gap, v.About.En, v.About.Zh)
		}
	}
	if len(p.OpenPoints) > 0 {
		b.WriteString("\n### What the text leaves open\n\n")
		for _, o := range p.OpenPoints {
			fmt.Fprintf(b, "- **%s** %s / %s\n", o.ID, o.About.En, o.About.Zh)
		}
	}
	b.WriteString("\n### Bundles\n\n| name | chooses | about |\n|---|---|---|\n")
	for _, x := range p.Bundles {
		var set []string
		for k, v := range x.Choice {
			set = append(set, k+"="+v)
		}
		sort.Strings(set)
		fmt.Fprintf(b, "| %s | %s | %s / %s |\n", x.Name, strings.Join(set, ", "), x.About.En, x.About.Zh)
	}
	writeTable(b, p, p.Main())
	for i := len(p.Derived) - 1; i >= 0; i-- {
		writeTable(b, p, p.Derived[i].Table)
	}
	if err := writeAudit(b, p); err != nil {
		return err
	}
	writeStatements(b, p)
	return nil
}

func defaultFirst(v Variant) []string {
	out := []string{v.Default}
	for _, x := range v.Values {
		if x != v.Default {
			out = append(out, x)
		}
	}
	return out
}

func underVariants(conds []VariantCond) string {
	var out []string
	for _, c := range conds {
		out = append(out, c.Key+"="+strings.Join(c.Values, "|"))
	}
	if len(out) == 0 {
		return ""
	}
	return " (" + strings.Join(out, ", ") + ")"
}

func writeTable(b *strings.Builder, p *Pack, t *Table) {
	title := t.For
	if d := p.DerivedVariable(t.For); d != nil {
		title = fmt.Sprintf("%s (%s / %s)", d.ID, d.Name.En, d.Name.Zh)
	}
	fmt.Fprintf(b, "\n### Table %s\n\n%s / %s. Kind %s.", title, t.About.En, t.About.Zh, t.Kind)
	if t.Kind == Sum {
		fmt.Fprintf(b, " Base %d, clipped to %d and %d; bands:", t.Base, t.Min, t.Max)
		for _, x := range t.Bands {
			if x.Open {
				fmt.Fprintf(b, " above that %s.", x.Value)
			} else {
				fmt.Fprintf(b, " up to %d %s,", x.Max, x.Value)
			}
		}
	}
	b.WriteString("\n\n| row | if | gives | source and norms | reason |\n|---|---|---|---|---|\n")
	for _, r := range t.Rows {
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s / %s |\n", rowName(t, r), rowConditions(r), rowGives(p, t, r), rowSource(p, r), r.Reason.En, r.Reason.Zh)
	}
}

func rowName(t *Table, r *Row) string {
	name := "**" + r.ID + "**"
	if t.Kind == Decide {
		name += fmt.Sprintf(" (rank %d)", r.Rank)
	}
	return name + underVariants(r.Variant)
}

func rowConditions(r *Row) string {
	var out []string
	for _, c := range r.If {
		op := " = "
		if c.Not {
			op = " other than "
		}
		out = append(out, c.Variable+op+strings.Join(c.Values, " or "))
	}
	for _, a := range r.OnUnknown {
		verb := "fails"
		if a.Holds {
			verb = "holds"
		}
		out = append(out, fmt.Sprintf("if %s is unknown it %s: %s", a.Variable, verb, a.Ground.En))
	}
	return strings.Join(out, "; ")
}

func rowGives(p *Pack, t *Table, r *Row) string {
	switch {
	case t.For == Decision:
		out := r.Then.String()
		for _, o := range r.Over {
			out += "; displaces " + o.Rule + underVariants(o.Variant)
		}
		return out
	case t.Kind == Sum:
		return fmt.Sprintf("%+d", r.Points)
	case t.Kind == Decide:
		return r.Value
	}
	return "yes"
}

func rowSource(p *Pack, r *Row) string {
	out := r.Source
	for _, n := range r.Norms {
		v := p.Vocabulary.Norm(n)
		to := v.To
		if to == "" {
			to = "now"
		}
		out += fmt.Sprintf("; %s (%s to %s)", p.Vocabulary.Cite(n), v.From, to)
	}
	if r.From != "" || r.To != "" {
		out += fmt.Sprintf("; holds from %s to %s", orElse(r.From, "ever"), orElse(r.To, "now"))
	}
	return out
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func writeAudit(b *strings.Builder, p *Pack) error {
	a, err := Auditing(p)
	if err != nil {
		return err
	}
	b.WriteString("\n### Audit\n\nExact counts over all combinations of known facts, by the newest law; a large derived variable counts as an input of its own.\n\n| bundle | combinations | gaps | conflicts | settled in dubio | undetermined if facts may be unknown |\n|---|---|---|---|---|---|\n")
	for _, r := range a.Readings {
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s | %s |\n", r.Bundle, r.Patterns, Share{r.Gaps, r.Patterns}, Share{r.Conflicts, r.Patterns}, Share{r.Dubio, r.Patterns}, r.Open)
	}
	fmt.Fprintf(b, "\nDead rows: %d. Rows that never decide: %d.\n", len(a.Dead), len(a.NeverDecisive))
	return nil
}

func writeStatements(b *strings.Builder, p *Pack) {
	if len(p.Statements) == 0 {
		return
	}
	b.WriteString("\n### Statements of the text, and where the pack answers them\n\n| id | section | statement | answered by |\n|---|---|---|---|\n")
	for _, s := range p.Statements {
		var by []string
		for _, part := range []struct {
			name  string
			words []string
		}{{"rules", s.Rules}, {"rows", s.Rows}, {"variables", s.Variables}, {"variants", s.Variants}, {"direction tested", s.Direction}} {
			if len(part.words) > 0 {
				by = append(by, part.name+" "+strings.Join(part.words, ", "))
			}
		}
		if s.Untested.En != "" {
			by = append(by, "not empirically testable: "+s.Untested.En)
		}
		fmt.Fprintf(b, "| %s | %s | %s / %s | %s |\n", s.ID, s.Section, s.About.En, s.About.Zh, strings.Join(by, "; "))
	}
}
