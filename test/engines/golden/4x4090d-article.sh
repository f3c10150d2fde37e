CUDA_VISIBLE_DEVICES=0,1,2,3 \
  vllm serve Qwen/Qwen2.5-7B-Instruct \
  --served-model-name Qwen/Qwen2.5-7B-Instruct \
  --host 127.0.0.1 \
  --port 8000 \
  --tensor-parallel-size 4 \
  --dtype half \
  --max-model-len 131072 \
  --hf-overrides '{"rope_parameters":{"rope_type":"yarn","factor":4,"original_max_position_embeddings":32768,"rope_theta":1000000}}' \
  --gpu-memory-utilization 0.92 \
  --kv-cache-dtype auto \
  --block-size 16 \
  --enable-prefix-caching \
  --max-num-seqs 32 \
  --max-num-batched-tokens 2048 \
  --enable-chunked-prefill \
  --scheduling-policy fcfs \
  --shutdown-timeout 30 \
  --enable-prompt-tokens-details
