CUDA_VISIBLE_DEVICES=0,1,2,3 \
  vllm serve Qwen/Qwen2.5-7B-Instruct \
  --served-model-name qwen2.5-7b-instruct \
  --host 127.0.0.1 \
  --port 8000 \
  --tensor-parallel-size 1 \
  --data-parallel-size 4 \
  --dtype auto \
  --max-model-len 32768 \
  --gpu-memory-utilization 0.92 \
  --kv-cache-dtype auto \
  --block-size 16 \
  --enable-prefix-caching \
  --max-num-seqs 256 \
  --max-num-batched-tokens 4096 \
  --enable-chunked-prefill \
  --scheduling-policy fcfs \
  --max-num-queued-reqs 1280 \
  --shutdown-timeout 30 \
  --enable-prompt-tokens-details
