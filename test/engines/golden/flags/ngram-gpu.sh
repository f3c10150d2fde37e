CUDA_VISIBLE_DEVICES=0 \
  vllm serve Qwen/Qwen2.5-7B-Instruct \
  --served-model-name Qwen/Qwen2.5-7B-Instruct \
  --host 127.0.0.1 \
  --port 8000 \
  --tensor-parallel-size 1 \
  --dtype auto \
  --max-model-len 32768 \
  --gpu-memory-utilization 0.92 \
  --kv-cache-dtype auto \
  --block-size 16 \
  --enable-prefix-caching \
  --max-num-seqs 256 \
  --max-num-batched-tokens 2048 \
  --enable-chunked-prefill \
  --scheduling-policy fcfs \
  --speculative-config '{"method":"ngram_gpu","num_speculative_tokens":4,"prompt_lookup_max":5,"prompt_lookup_min":5,"rejection_sample_method":"standard"}' \
  --structured-outputs-config '{"backend":"guidance","disable_additional_properties":true}' \
  --shutdown-timeout 30 \
  --enable-prompt-tokens-details
