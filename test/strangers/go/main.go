// A stock grpc-go client: asks one question and reads the answer, event by event, until it is killed.
package main

import (
	"context"
	"encoding/binary"
	"fmt"
	"os"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

// Messages as they are on the wire: what is tried is the connection, so no code need be generated.
type wire struct{}

func (wire) Marshal(v any) ([]byte, error)      { return *v.(*[]byte), nil }
func (wire) Unmarshal(data []byte, v any) error { *v.(*[]byte) = data; return nil }
func (wire) Name() string                       { return "proto" }

func main() {
	address, text := os.Args[1], os.Args[2]
	connection, err := grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	check(err)
	stream, err := connection.NewStream(
		context.Background(),
		&grpc.StreamDesc{ServerStreams: true},
		"/duet.assistant.v1.AssistantService/Converse",
		grpc.ForceCodec(wire{}),
	)
	check(err)
	// ConverseRequest.text = 1
	request := append(binary.AppendUvarint([]byte{1<<3 | 2}, uint64(len(text))), text...)
	check(stream.SendMsg(&request))
	check(stream.CloseSend())
	for {
		var event []byte
		check(stream.RecvMsg(&event))
		fmt.Println("event", len(event))
	}
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
