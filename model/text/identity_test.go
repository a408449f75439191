package text

import (
	"strings"
	"testing"
)

const sample = "某市某区人民法院\n民事判决书\n（2019）某0101民初1号\n原告：“甲”公司。\n书记员　乙"

func TestOneJudgmentHasOneIdentity(t *testing.T) {
	id, key := CaseID(sample)
	for name, other := range map[string]string{
		"one line":        strings.ReplaceAll(sample, "\n", " "),
		"no space":        strings.ReplaceAll(strings.ReplaceAll(sample, "\n", ""), "　", ""),
		"half width":      strings.NewReplacer("（", "(", "）", ")", "：", ":").Replace(sample),
		"entities":        strings.NewReplacer("“", "&ldquo;", "”", "&amp;rdquo;").Replace(sample),
		"site heading":    "文书内容 " + sample,
		"advertisement":   sample + "微信公众号“马克 数据网”",
		"two tails":       sample + "更多数据：搜索“马克数据网”来源：www.macrodatas.cn",
		"byte order mark": "\uFEFF" + sample,
	} {
		if i, k := CaseID(Canonical(other)); i != id || k != key {
			t.Errorf("%s: %s, want %s", name, i, id)
		}
	}
	if i, _ := CaseID(sample + "丙"); i == id {
		t.Error("another text has the same identity")
	}
	if len(id) != 17 || id[0] != 'c' {
		t.Errorf("case id %q is not c and 16 hex digits", id)
	}
}

func TestSiteTableExamples(t *testing.T) {
	rows := 0
	for line := range strings.Lines(sitesTable) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		col := strings.Split(strings.TrimSpace(line), "\t")
		if len(col) != 4 {
			t.Errorf("row %q has %d columns, want 4", line, len(col))
			continue
		}
		rows++
		if Identity(col[2]) == string(identityForm(nil, col[2])) {
			t.Errorf("%s %q: nothing cut from its example", col[0], col[1])
		}
		if got := Identity(col[3]); got != string(identityForm(nil, col[3])) {
			t.Errorf("%s %q: cuts its counter-example to %q", col[0], col[1], got)
		}
	}
	if rows != len(siteHeads)+len(siteTails) {
		t.Errorf("%d rows, %d read", rows, len(siteHeads)+len(siteTails))
	}
}

func TestSiteTailAndHead(t *testing.T) {
	s := "文书内容 " + sample + "百度搜索“马克 数据网”"
	if got := s[SiteHead(s):SiteTail(s)]; strings.TrimSpace(got) != sample {
		t.Errorf("inside the site's words stands %q", got)
	}
	if SiteTail(sample) != len(sample) || SiteHead(sample) != 0 {
		t.Error("words cut from a text without site words")
	}
}
