package ruling

import "testing"

func TestSums(t *testing.T) {
	for s, want := range map[string][]float64{
		"赔偿682020元": {682020}, "1,829元和130,000元": {1829, 130000}, "13421.36元": {13421.36}, "17.9万元": {179000}, "3,000万元": {3e7},
		"二万四千九百四十四元": {24944}, "五万零三十一元九角": {50031.9}, "一千七百一十六元八角五分": {1716.85}, "二百五十万元": {2500000}, "壹万元整": {10000},
		"壹拾贰万叁仟元": {123000}, "两千元": {2000}, "1.2亿元": {1.2e8}, "3万5千元": {35000}, "39.771万元": {397710}, "第三项、10日内5元": {5},
		"十元": {10}, "二十万零九百四十元": {200940}, "十一万九千元": {119000}, "20盒": nil, "一千九百八十元": {1980},
	} {
		var got []float64
		for _, m := range sums(s) {
			got = append(got, m.value)
		}
		if len(got) != len(want) {
			t.Errorf("%s: %v, want %v", s, got, want)
			continue
		}
		for i := range got {
			if d := got[i] - want[i]; d > 1e-6 || d < -1e-6 {
				t.Errorf("%s: %v, want %v", s, got, want)
			}
		}
	}
	if m := sums("赔偿18**元"); len(m) != 1 || !m[0].masked {
		t.Errorf("masked sum read as %+v", m)
	}
	if m := sums("(100元×30%)"); len(m) != 1 || m[0].masked || m[0].value != 100 {
		t.Errorf("factor read as %+v", m)
	}
}

func TestPercents(t *testing.T) {
	for s, want := range map[string]float64{"承担70%的责任": 0.7, "百分之三十五": 0.35, "三分之一的责任": 1. / 3, "负七成的责任": 0.7, "33.3%": 0.333} {
		p := percents(s)
		if len(p) != 1 || p[0].value-want > 1e-5 || want-p[0].value > 1e-5 {
			t.Errorf("%s: %v, want %v", s, p, want)
		}
	}
}
