CUDA_VISIBLE_DEVICES=0,1 \
  vllm serve Qwen/Qwen2.5-14B-Instruct-AWQ \
  --served-model-name Qwen/Qwen2.5-14B-Instruct-AWQ \
  --host 127.0.0.1 \
  --port 8000 \
  --tensor-parallel-size 1 \
  --data-parallel-size 2 \
  --dtype auto \
  --quantization awq_marlin \
  --max-model-len 32768 \
  --gpu-memory-utilization 0.92 \
  --kv-cache-dtype auto \
  --block-size 16 \
  --enable-prefix-caching \
  --max-num-seqs 256 \
  --max-num-batched-tokens 2048 \
  --enable-chunked-prefill \
  --scheduling-policy fcfs \
  --shutdown-timeout 30 \
  --enable-prompt-tokens-details
