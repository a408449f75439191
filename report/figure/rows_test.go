package figure

import (
	"bytes"
	"math"
	"testing"
)

func sampleRows(lang string) *Rows {
	r := &Rows{Title: "Leakage ladder: liable or not by evidence policy †", Note: "Whiskers: Wilson 95%. n: compared parties.", Axis: "Agreement", Mark: "agreement", Other: "always none"}
	r.Lines = []Interval{{"pleadings", "he2024", 0.5, 0.3, 0.7, 12, true, 0.4, false}, {"undisputed", "he2024", 0, 0, 0, 0, false, math.NaN(), false}, {"facts", "he2024", 0.8, 0.7, 0.9, 88, true, 0.4, false}, {"reasoning", "he2024", 0.95, 0.9, 0.99, 1234, true, 0.42, true}}
	if lang == "zh" {
		r.Title, r.Note, r.Axis, r.Mark, r.Other = "泄漏阶梯：各证据层级下是否有责的一致性", "须为 Wilson 95% 区间。", "一致率", "一致率", "一律无责"
		for i, l := range []string{"诉辩", "无争议事实", "查明事实", "法院说理"} {
			r.Lines[i].Label = l
		}
	}
	return r
}

func sampleStack() *Stack {
	return &Stack{Title: "Duties by stage and measure", Note: "Parties of whom the text says something.", Parts: []string{"performed", "partly", "late", "not performed", "not required"},
		Lines: []StackLine{{"M1a operator identity and licence", "prevent", []int{12, 1, 0, 9, 2}}, {"M2 risk warning", "prevent", []int{3, 0, 0, 1, 0}}, {"M4 stop a known infringement", "eliminate", []int{2, 0, 7, 5, 0}}, {"M7 information on the infringer", "remedy", []int{40, 2, 1, 3, 0}}}}
}

func sampleTimeline() *Timeline {
	t := &Timeline{Title: "Judgments by year and liability", Note: "Year of the judgment.", Axis: "platform parties", Parts: []string{"liable", "own account", "none"},
		Events: []Event{{2014.2, "Consumer Law 2014"}, {2019, "E-Commerce Law"}, {2021, "Civil Code"}}}
	for y := 2012; y <= 2024; y++ {
		t.Years = append(t.Years, y)
		t.Counts = append(t.Counts, []int{y % 3, y % 2, (y - 2010) * 3})
	}
	return t
}

func TestOtherFiguresDraw(t *testing.T) {
	f := mustFont(t, "en")
	for name, d := range map[string]Drawing{"rows-en": sampleRows("en"), "stack-en": sampleStack(), "timeline-en": sampleTimeline(), "empty": &Rows{Title: "x"}, "nothing": &Timeline{Title: "x"}, "none": &Stack{Title: "x"}} {
		for _, format := range Formats {
			var b bytes.Buffer
			if err := Write(&b, d, f, format, 85); err != nil || b.Len() == 0 {
				t.Errorf("%s as %s: %d bytes, %v", name, format, b.Len(), err)
			}
			if bytes.Contains(b.Bytes(), []byte("NaN")) {
				t.Errorf("%s as %s holds NaN", name, format)
			}
		}
		if name[len(name)-3:] == "-en" {
			look(t, name, d, f)
		}
	}
}

func TestRowsInChinese(t *testing.T) { look(t, "rows-zh", sampleRows("zh"), mustFont(t, "zh")) }

func TestNiceStep(t *testing.T) {
	for most, want := range map[int]int{1: 1, 4: 1, 5: 2, 9: 5, 20: 5, 21: 10, 1234: 500} {
		if got := niceStep(most); got != want {
			t.Errorf("%d: step %d, want %d", most, got, want)
		}
	}
}
