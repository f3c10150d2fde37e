CUDA_VISIBLE_DEVICES=0 \
  vllm serve Qwen/Qwen2.5-7B-Instruct \
  --served-model-name Qwen/Qwen2.5-7B-Instruct \
  --host 127.0.0.1 \
  --port 8000 \
  --tensor-parallel-size 1 \
  --dtype auto \
  --max-model-len 32768 \
  --gpu-memory-utilization 0.9 \
  --kv-cache-dtype fp8 \
  --block-size 32 \
  --no-enable-prefix-caching \
  --kv-offloading-size 8 \
  --kv-offloading-backend native \
  --max-num-seqs 256 \
  --max-num-batched-tokens 2048 \
  --enable-chunked-prefill \
  --scheduling-policy fcfs \
  --shutdown-timeout 30 \
  --enable-prompt-tokens-details
