// Reads compose files as `docker compose config` does, by the library that it reads them with: `compose FILE …` prints what each comes to, a line of JSON
// each, and ends with 1 where one is refused or only warned of. Variables are those of its environment.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/sirupsen/logrus"
)

// refusal takes each warning of the library for an error.
type refusal struct{ warned *bool }

func (refusal) Levels() []logrus.Level     { return []logrus.Level{logrus.WarnLevel, logrus.ErrorLevel} }
func (r refusal) Fire(*logrus.Entry) error { *r.warned = true; return nil }

func read(file string) ([]byte, error) {
	options, err := cli.NewProjectOptions([]string{file}, cli.WithOsEnv, cli.WithInterpolation(true),
		cli.WithNormalization(true), cli.WithConsistency(true), cli.WithResolvedPaths(true))
	if err != nil {
		return nil, err
	}
	project, err := options.LoadProject(context.Background())
	if err != nil {
		return nil, err
	}
	return project.MarshalJSON()
}

func main() {
	failed := false
	logrus.AddHook(refusal{&failed})
	for _, file := range os.Args[1:] {
		text, err := read(file)
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", file, err)
			failed = true
			continue
		}
		var line bytes.Buffer
		if err := json.Compact(&line, text); err != nil {
			panic(err)
		}
		fmt.Println(line.String())
	}
	if failed {
		os.Exit(1)
	}
}
