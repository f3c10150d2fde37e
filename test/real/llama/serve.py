"""llama.cpp's own server, as the wheel xllamacpp brings it: serve.py FILE.gguf PORT"""

import sys
import threading

import xllamacpp

params = xllamacpp.CommonParams()
params.model.path = sys.argv[1]
params.hostnames, params.port = ["127.0.0.1"], int(sys.argv[2])
params.n_ctx, params.n_parallel, params.cpuparams.n_threads = 4096, 2, 1
server = xllamacpp.Server(params)
print(server.listening_address, flush=True)
threading.Event().wait()
