// Package slurm holds the scripts that run caipan on a Slurm cluster (settings.example, submit, stage) and their test on
// a real one. Nothing imports it.
package slurm

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// cluster is a Slurm of one controller and four nodes on loopback, with its own state folder and processes.
type cluster struct {
	t     *testing.T
	dir   string
	env   []string
	nodes map[string]*exec.Cmd
}

// startCluster starts slurmctld and slurmd n1 to n4; all end with the test.
func startCluster(t *testing.T) *cluster {
	t.Helper()
	for _, p := range []string{"slurmctld", "slurmd", "sbatch", "squeue", "sinfo"} {
		if _, err := exec.LookPath(p); err != nil {
			t.Skipf("no %s: install Debian's slurm-wlm", p)
		}
	}
	c := &cluster{t: t, dir: t.TempDir(), nodes: map[string]*exec.Cmd{}}
	conf := filepath.Join(c.dir, "slurm.conf")
	write(t, conf, c.conf())
	c.env = append(os.Environ(), "SLURM_CONF="+conf, "CAIPAN_POLL=0.3")
	c.daemon("slurmctld", "-D", "-c", "-f", conf)
	for _, n := range []string{"n1", "n2", "n3", "n4"} {
		c.startNode(n)
	}
	c.until(60*time.Second, "four idle nodes", func() bool {
		out, _ := c.try("sinfo", "--noheader", "--format=%D", "--states=idle")
		return strings.TrimSpace(out) == "4"
	})
	return c
}

func (c *cluster) startNode(name string) {
	c.nodes[name] = c.daemon("slurmd", "-D", "-N", name, "-f", filepath.Join(c.dir, "slurm.conf"))
}

// conf: no cgroups, no authentication daemon, loopback only.
func (c *cluster) conf() string {
	host, err := os.Hostname()
	if err != nil {
		c.t.Fatal(err)
	}
	host, _, _ = strings.Cut(host, ".")
	ports := freePorts(c.t, 5)
	me := "root"
	if os.Getuid() != 0 {
		me = os.Getenv("USER")
	}
	return strings.NewReplacer("HOST", host, "DIR", c.dir, "ME", me, "P0", ports[0]).Replace(`ClusterName=caipan
SlurmctldHost=HOST(127.0.0.1)
SlurmctldPort=P0
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
AuthType=auth/none
CredType=cred/none
AuthInfo=cred_expire=5
SlurmUser=ME
SlurmdUser=ME
StateSaveLocation=DIR/state
SlurmdSpoolDir=DIR/spool-%n
SlurmctldPidFile=DIR/slurmctld.pid
SlurmdPidFile=DIR/%n.pid
SlurmctldLogFile=DIR/slurmctld.log
SlurmdLogFile=DIR/%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SlurmdParameters=config_overrides
SlurmdTimeout=5
MinJobAge=60
ReturnToService=2
MpiDefault=none
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
SchedulerParameters=sched_interval=1,batch_sched_delay=1,sched_min_interval=200000
`) + fmt.Sprintf(`NodeName=n1 NodeHostname=%[1]s NodeAddr=127.0.0.1 Port=%[2]s CPUs=1
NodeName=n2 NodeHostname=%[1]s NodeAddr=127.0.0.1 Port=%[3]s CPUs=1
NodeName=n3 NodeHostname=%[1]s NodeAddr=127.0.0.1 Port=%[4]s CPUs=1
NodeName=n4 NodeHostname=%[1]s NodeAddr=127.0.0.1 Port=%[5]s CPUs=1
PartitionName=work Nodes=ALL Default=YES MaxTime=INFINITE State=UP
`, host, ports[1], ports[2], ports[3], ports[4])
}

// daemon starts a program of Slurm in the foreground and ends it, by its id, with the test.
func (c *cluster) daemon(name string, args ...string) *exec.Cmd {
	c.t.Helper()
	if err := os.MkdirAll(filepath.Join(c.dir, "state"), 0o755); err != nil {
		c.t.Fatal(err)
	}
	cmd := exec.Command(name, args...)
	cmd.Env, cmd.Dir = c.env, c.dir
	if err := cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() { end(cmd) })
	return cmd
}

func end(cmd *exec.Cmd) {
	if cmd.ProcessState == nil {
		cmd.Process.Kill()
		cmd.Wait()
	}
}

// loseNode kills the node's daemon and everything that runs under it.
func (c *cluster) loseNode(name string) {
	for _, pid := range below(c.nodes[name].Process.Pid, name) {
		if p, err := os.FindProcess(pid); err == nil {
			p.Kill()
		}
	}
	end(c.nodes[name])
}

// below lists the processes whose environment says that they run on the node, and their step daemons.
func below(daemon int, node string) (pids []int) {
	entries, _ := os.ReadDir("/proc")
	for _, e := range entries {
		var pid int
		if _, err := fmt.Sscan(e.Name(), &pid); err != nil || pid == daemon || pid == os.Getpid() {
			continue
		}
		env, _ := os.ReadFile(filepath.Join("/proc", e.Name(), "environ"))
		if strings.Contains("\x00"+string(env), "\x00SLURMD_NODENAME="+node+"\x00") {
			pids = append(pids, pid)
		}
	}
	return pids
}

// try runs a program with the cluster's environment.
func (c *cluster) try(name string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(c.t.Context(), 4*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = c.env
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func (c *cluster) until(limit time.Duration, what string, done func() bool) {
	c.t.Helper()
	for end := time.Now().Add(limit); !done(); time.Sleep(200 * time.Millisecond) {
		if time.Now().After(end) {
			queue, _ := c.try("squeue")
			nodes, _ := c.try("sinfo", "-R", "-l")
			c.t.Fatalf("no %s within %s\n%s%s", what, limit, queue, nodes)
		}
	}
}

func freePorts(t *testing.T, n int) (ports []string) {
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		_, port, _ := net.SplitHostPort(l.Addr().String())
		ports = append(ports, port)
	}
	return ports
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o755); err != nil {
		t.Fatal(err)
	}
}
