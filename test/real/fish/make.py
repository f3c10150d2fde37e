"""Makes weights for Fish-Speech (OpenAudio S1's code): its models in small, and random. It says noise. make.py FOLDER"""

import base64
import json
import sys
from pathlib import Path

import fish_speech
import torch
import yaml
from fish_speech.models.text2semantic.llama import DualARModelArgs, DualARTransformer
from fish_speech.tokenizer import ALL_SPECIAL_TOKENS, FishTokenizer
from hydra import compose, initialize_config_dir
from hydra.utils import instantiate
from omegaconf import OmegaConf

folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
torch.manual_seed(1)

# A token for each byte: that is a tokenizer too.
(folder / "tokenizer.tiktoken").write_text(
    "".join(f"{base64.b64encode(bytes([byte])).decode()} {byte}\n" for byte in range(256))
)
(folder / "special_tokens.json").write_text(json.dumps({t: 256 + i for i, t in enumerate(ALL_SPECIAL_TOKENS)}))
args = DualARModelArgs(
    vocab_size=256 + len(ALL_SPECIAL_TOKENS), n_layer=2, n_fast_layer=1, n_head=2, dim=64, head_dim=32,
    intermediate_size=128, max_seq_len=8192, codebook_size=1024, num_codebooks=10,
)  # fmt: skip
args.save(folder / "config.json")
model = DualARTransformer(args, tokenizer=FishTokenizer.from_pretrained(str(folder)))
torch.save(model.bfloat16().state_dict(), folder / "model.pth")

package = Path(fish_speech.__path__[0])
(package.parent / ".project-root").touch()
codec = yaml.safe_load((package / "configs/modded_dac_vq.yaml").read_text())
codec["encoder_dim"], codec["decoder_dim"] = 8, 64
width = codec["encoder_dim"] * 2 ** len(codec["encoder_rates"])
codec["quantizer"]["input_dim"] = width
for module in ("pre_module", "post_module"):
    codec["quantizer"][module]["input_dim"] = width
    codec["quantizer"][module]["config"].update(n_layer=1, n_head=2, dim=width, intermediate_size=64)
(package / "configs/small.yaml").write_text(yaml.safe_dump(codec))
OmegaConf.register_new_resolver("eval", eval, replace=True)
with initialize_config_dir(version_base="1.3", config_dir=str(package / "configs")):
    torch.save(instantiate(compose(config_name="small")).state_dict(), folder / "codec.pth")
