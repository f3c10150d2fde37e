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
  --speculative-config '{"method":"eagle3","model":"thoughtworks/Qwen2.5-7B-Instruct-Eagle3","num_speculative_tokens":3,"draft_tensor_parallel_size":1,"num_speculative_tokens_per_batch_size":[[1,16,3],[17,256,0]]}' \
  --shutdown-timeout 30 \
  --enable-prompt-tokens-details
