CUDA_VISIBLE_DEVICES=0 \
  vllm serve Qwen/Qwen2.5-7B-Instruct \
  --served-model-name qwen2.5-7b-instruct \
  --host 127.0.0.1 \
  --port 8000 \
  --tensor-parallel-size 1 \
  --dtype auto \
  --max-model-len 16384 \
  --gpu-memory-utilization 0.92 \
  --kv-cache-dtype auto \
  --block-size 16 \
  --enable-prefix-caching \
  --max-num-seqs 64 \
  --max-num-batched-tokens 2048 \
  --enable-chunked-prefill \
  --scheduling-policy fcfs \
  --max-num-queued-reqs 96 \
  --shutdown-timeout 30 \
  --enable-prompt-tokens-details

CUDA_VISIBLE_DEVICES=1 \
  python -m tools.api_server \
  --listen 127.0.0.1:8180 \
  --device cuda \
  --llama-checkpoint-path checkpoints/fish-speech-1.5 \
  --decoder-checkpoint-path checkpoints/fish-speech-1.5/firefly-gan-vq-fsq-8x1024-21hz-generator.pth \
  --decoder-config-name firefly_gan_vq \
  --compile

CUDA_VISIBLE_DEVICES=2 \
  python -m tools.api_server \
  --listen 127.0.0.1:8181 \
  --device cuda \
  --llama-checkpoint-path checkpoints/fish-speech-1.5 \
  --decoder-checkpoint-path checkpoints/fish-speech-1.5/firefly-gan-vq-fsq-8x1024-21hz-generator.pth \
  --decoder-config-name firefly_gan_vq \
  --compile

CUDA_VISIBLE_DEVICES=3 \
  python -m tools.api_server \
  --listen 127.0.0.1:8182 \
  --device cuda \
  --llama-checkpoint-path checkpoints/fish-speech-1.5 \
  --decoder-checkpoint-path checkpoints/fish-speech-1.5/firefly-gan-vq-fsq-8x1024-21hz-generator.pth \
  --decoder-config-name firefly_gan_vq \
  --compile
