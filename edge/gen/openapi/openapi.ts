// The OpenAPI 3.1 description of the edge, generated from the protos and edge/faces/openapi/plugin/paths.yaml.
export const openapi: Readonly<Record<string, unknown>> = {
  "openapi": "3.1.1",
  "info": {
    "title": "Duet",
    "version": "v1",
    "license": {
      "name": "Apache-2.0",
      "identifier": "Apache-2.0"
    },
    "description": "A voice assistant: text goes in; text and speech come out. Streams are one JSON object a line; to hear one, ask for a sound by Accept, or use the page. Under /v1 stands OpenAI's API."
  },
  "servers": [
    {
      "url": "."
    }
  ],
  "security": [
    {},
    {
      "key": []
    }
  ],
  "tags": [
    {
      "name": "Plain",
      "description": "The shortest way: a question in, an answer and the URL of its speech out."
    },
    {
      "name": "OpenAI",
      "description": "For programs that talk to OpenAI."
    },
    {
      "name": "Bare JSON",
      "description": "Every RPC as JSON over POST."
    }
  ],
  "paths": {
    "/chat": {
      "post": {
        "operationId": "postChat",
        "tags": [
          "Plain"
        ],
        "summary": "Answers, and stores the speech of the answer",
        "description": "The answer comes when it has been spoken to its end. The URL is fetched without credentials, whole or in parts, until it expires.",
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/PlainChat"
              },
              "example": {
                "text": "What is Duet?",
                "user_id": "ada",
                "voice_style": "default"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The answer.",
            "headers": {
              "ai-disclosure": {
                "description": "Says that a machine has made it.",
                "schema": {
                  "type": "string"
                }
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/PlainAnswer"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/jobs": {
      "post": {
        "operationId": "postJob",
        "tags": [
          "Plain"
        ],
        "summary": "Takes a question that is answered in the background",
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/PlainJobRequest"
              },
              "example": {
                "text": "What is Duet?",
                "user_id": "ada",
                "voice_style": "default"
              }
            }
          }
        },
        "responses": {
          "202": {
            "description": "The job was taken.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/PlainJob"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/jobs/{id}": {
      "get": {
        "operationId": "readJob",
        "tags": [
          "Plain"
        ],
        "summary": "Tells what has become of a job",
        "parameters": [
          {
            "name": "id",
            "in": "path",
            "required": true,
            "schema": {
              "type": "string"
            }
          }
        ],
        "responses": {
          "200": {
            "description": "The job as it stands.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/PlainJob"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      },
      "delete": {
        "operationId": "deleteJob",
        "tags": [
          "Plain"
        ],
        "summary": "Gives a job up",
        "parameters": [
          {
            "name": "id",
            "in": "path",
            "required": true,
            "schema": {
              "type": "string"
            }
          }
        ],
        "responses": {
          "200": {
            "description": "The job as it stands.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/PlainJob"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/v1": {
      "get": {
        "operationId": "listPaths",
        "tags": [
          "OpenAI"
        ],
        "summary": "Lists what there is",
        "description": "Nobody has to say who they are.",
        "security": [
          {}
        ],
        "responses": {
          "200": {
            "description": "Methods and paths.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/PathList"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/OpenAiError"
          }
        }
      }
    },
    "/v1/audio/speech": {
      "post": {
        "operationId": "createSpeech",
        "tags": [
          "OpenAI"
        ],
        "summary": "Speaks a text",
        "description": "A failure once the sound has begun cuts the connection. Of `stream_format` `sse` each event is a line `data: …`, whose schema is given; a failure is the event `speech.audio.error`, and cuts too.",
        "parameters": [
          {
            "$ref": "#/components/parameters/IdempotencyKey"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/CreateSpeech"
              },
              "example": {
                "model": "tts-1",
                "voice": "alloy",
                "input": "Good morning.",
                "response_format": "mp3"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The sound, as it is spoken; or events, with stream_format sse.",
            "headers": {
              "x-duet-not-followed": {
                "description": "What was asked for and cannot be followed. `instructions`, if there are any.",
                "schema": {
                  "type": "string",
                  "const": "instructions"
                }
              }
            },
            "content": {
              "audio/mpeg": {
                "schema": {
                  "type": "string",
                  "contentMediaType": "audio/mpeg"
                }
              },
              "audio/ogg": {
                "schema": {
                  "type": "string",
                  "contentMediaType": "audio/ogg"
                }
              },
              "audio/wav": {
                "schema": {
                  "type": "string",
                  "contentMediaType": "audio/wav"
                }
              },
              "audio/pcm": {
                "schema": {
                  "type": "string",
                  "contentMediaType": "audio/pcm"
                }
              },
              "audio/pcmu": {
                "schema": {
                  "type": "string",
                  "contentMediaType": "audio/pcmu"
                }
              },
              "audio/pcma": {
                "schema": {
                  "type": "string",
                  "contentMediaType": "audio/pcma"
                }
              },
              "text/event-stream": {
                "schema": {
                  "$ref": "#/components/schemas/SpeechEvent"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/OpenAiError"
          }
        }
      }
    },
    "/v1/audio/transcriptions": {
      "post": {
        "operationId": "createTranscription",
        "tags": [
          "OpenAI"
        ],
        "summary": "Writes down what is said in a recording",
        "requestBody": {
          "required": true,
          "content": {
            "multipart/form-data": {
              "schema": {
                "$ref": "#/components/schemas/CreateTranscription"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The words; or events, with stream.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Transcription"
                }
              },
              "text/plain": {
                "schema": {
                  "type": "string"
                }
              },
              "text/event-stream": {
                "schema": {
                  "$ref": "#/components/schemas/TranscriptionEvent"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/OpenAiError"
          }
        }
      }
    },
    "/v1/chat/completions": {
      "post": {
        "operationId": "createChatCompletion",
        "tags": [
          "OpenAI"
        ],
        "summary": "Answers, in text or in text and speech",
        "description": "With `stream` each event is a line `data: …`, whose schema is given, and the last one is `data: [DONE]`. A failure once it has begun is the last event, `{\"error\": …}`, with no `[DONE]` after it. Fields of OpenAI's that are not named here change nothing.",
        "parameters": [
          {
            "$ref": "#/components/parameters/IdempotencyKey"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/CreateChatCompletion"
              },
              "example": {
                "model": "duet",
                "messages": [
                  {
                    "role": "user",
                    "content": "What is Duet?"
                  }
                ]
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The answer; or its chunks as events, with stream.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ChatCompletion"
                }
              },
              "text/event-stream": {
                "schema": {
                  "$ref": "#/components/schemas/ChatCompletionChunk"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/OpenAiError"
          }
        }
      }
    },
    "/v1/models": {
      "get": {
        "operationId": "listModels",
        "tags": [
          "OpenAI"
        ],
        "summary": "Lists the models",
        "responses": {
          "200": {
            "description": "The models.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ModelList"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/OpenAiError"
          }
        }
      }
    },
    "/v1/models/{id}": {
      "get": {
        "operationId": "getModel",
        "tags": [
          "OpenAI"
        ],
        "summary": "Tells of a model",
        "parameters": [
          {
            "name": "id",
            "in": "path",
            "required": true,
            "schema": {
              "type": "string"
            },
            "example": "duet"
          }
        ],
        "responses": {
          "200": {
            "description": "The model.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Model"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/OpenAiError"
          }
        }
      }
    },
    "/v1/audio/voices": {
      "get": {
        "operationId": "listOpenAiVoices",
        "tags": [
          "OpenAI"
        ],
        "summary": "Lists the voices",
        "responses": {
          "200": {
            "description": "The voices.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/VoiceList"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/OpenAiError"
          }
        }
      }
    },
    "/duet.assistant.v1.AssistantService/Converse": {
      "post": {
        "operationId": "Converse",
        "tags": [
          "Bare JSON"
        ],
        "summary": "Converse",
        "description": "Answers a written or spoken question in text and speech.",
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/ConverseRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "One event per line. If the call fails after the response has begun, the last line is `{\"error\": …}`. If the first type in the Accept header is an audio type, the response is the spoken answer in that format.",
            "content": {
              "application/x-ndjson": {
                "schema": {
                  "$ref": "#/components/schemas/ConverseResponse"
                }
              },
              "audio/wav": {
                "schema": {
                  "type": "string",
                  "contentMediaType": "application/octet-stream"
                }
              },
              "audio/mpeg": {
                "schema": {
                  "type": "string",
                  "contentMediaType": "application/octet-stream"
                }
              },
              "audio/ogg": {
                "schema": {
                  "type": "string",
                  "contentMediaType": "application/octet-stream"
                }
              },
              "audio/pcm": {
                "schema": {
                  "type": "string",
                  "contentMediaType": "application/octet-stream"
                }
              },
              "audio/pcmu": {
                "schema": {
                  "type": "string",
                  "contentMediaType": "application/octet-stream"
                }
              },
              "audio/pcma": {
                "schema": {
                  "type": "string",
                  "contentMediaType": "application/octet-stream"
                }
              }
            }
          },
          "default": {
            "description": "What is wrong.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ConnectError"
                }
              }
            }
          }
        }
      }
    },
    "/duet.assistant.v1.AssistantService/Speak": {
      "post": {
        "operationId": "Speak",
        "tags": [
          "Bare JSON"
        ],
        "summary": "Speak",
        "description": "Speaks a given text without asking a model.",
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/SpeakRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "One event per line. If the call fails after the response has begun, the last line is `{\"error\": …}`. If the first type in the Accept header is an audio type, the response is the spoken answer in that format.",
            "content": {
              "application/x-ndjson": {
                "schema": {
                  "$ref": "#/components/schemas/SpeakResponse"
                }
              },
              "audio/wav": {
                "schema": {
                  "type": "string",
                  "contentMediaType": "application/octet-stream"
                }
              },
              "audio/mpeg": {
                "schema": {
                  "type": "string",
                  "contentMediaType": "application/octet-stream"
                }
              },
              "audio/ogg": {
                "schema": {
                  "type": "string",
                  "contentMediaType": "application/octet-stream"
                }
              },
              "audio/pcm": {
                "schema": {
                  "type": "string",
                  "contentMediaType": "application/octet-stream"
                }
              },
              "audio/pcmu": {
                "schema": {
                  "type": "string",
                  "contentMediaType": "application/octet-stream"
                }
              },
              "audio/pcma": {
                "schema": {
                  "type": "string",
                  "contentMediaType": "application/octet-stream"
                }
              }
            }
          },
          "default": {
            "description": "What is wrong.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ConnectError"
                }
              }
            }
          }
        }
      }
    },
    "/duet.assistant.v1.AssistantService/Resume": {
      "post": {
        "operationId": "Resume",
        "tags": [
          "Bare JSON"
        ],
        "summary": "Resume",
        "description": "Continues a turn of Converse or Speak whose connection was lost: sends the events after the last one that arrived, none lost and none repeated, and then those still being produced, up to `finished`. Works on any edge of the deployment, any number of times, while the turn runs and for two minutes after its end. Only a turn whose `started` says `resumable` can be resumed: NOT_FOUND for any other turn, and for one that ended too long ago; DATA_LOSS, with the reason LOG_INCOMPLETE, if events after `after_sequence` were not kept.",
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/ResumeRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "One event per line. If the call fails after the response has begun, the last line is `{\"error\": …}`. If the first type in the Accept header is an audio type, the response is the spoken answer in that format.",
            "content": {
              "application/x-ndjson": {
                "schema": {
                  "$ref": "#/components/schemas/ResumeResponse"
                }
              },
              "audio/wav": {
                "schema": {
                  "type": "string",
                  "contentMediaType": "application/octet-stream"
                }
              },
              "audio/mpeg": {
                "schema": {
                  "type": "string",
                  "contentMediaType": "application/octet-stream"
                }
              },
              "audio/ogg": {
                "schema": {
                  "type": "string",
                  "contentMediaType": "application/octet-stream"
                }
              },
              "audio/pcm": {
                "schema": {
                  "type": "string",
                  "contentMediaType": "application/octet-stream"
                }
              },
              "audio/pcmu": {
                "schema": {
                  "type": "string",
                  "contentMediaType": "application/octet-stream"
                }
              },
              "audio/pcma": {
                "schema": {
                  "type": "string",
                  "contentMediaType": "application/octet-stream"
                }
              }
            }
          },
          "default": {
            "description": "What is wrong.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ConnectError"
                }
              }
            }
          }
        }
      }
    },
    "/duet.assistant.v1.AssistantService/Chat": {
      "post": {
        "operationId": "Chat",
        "tags": [
          "Bare JSON"
        ],
        "summary": "Chat",
        "description": "Answers a question and stores the speech of the whole answer, which the caller fetches by a URL without credentials until it expires. UNIMPLEMENTED if the deployment stores no speech. If an answer cannot be spoken to its end, the call fails and nothing is stored.",
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/ChatRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The answer.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ChatResponse"
                }
              }
            }
          },
          "default": {
            "description": "What is wrong.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ConnectError"
                }
              }
            }
          }
        }
      }
    },
    "/duet.assistant.v1.AssistantService/SubmitChat": {
      "post": {
        "operationId": "SubmitChat",
        "tags": [
          "Bare JSON"
        ],
        "summary": "SubmitChat",
        "description": "Accepts a question, to be answered in the background as by Chat, and returns at once. Even if the process that works on the job dies, the job is done at least once and its speech is stored once. RESOURCE_EXHAUSTED while the queue is full.",
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/SubmitChatRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The answer.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/SubmitChatResponse"
                }
              }
            }
          },
          "default": {
            "description": "What is wrong.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ConnectError"
                }
              }
            }
          }
        }
      }
    },
    "/duet.assistant.v1.AssistantService/GetJob": {
      "post": {
        "operationId": "GetJob",
        "tags": [
          "Bare JSON"
        ],
        "summary": "GetJob",
        "description": "Returns the state of a job. NOT_FOUND if it does not exist or has expired.",
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/GetJobRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The answer.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/GetJobResponse"
                }
              }
            }
          },
          "default": {
            "description": "What is wrong.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ConnectError"
                }
              }
            }
          }
        }
      }
    },
    "/duet.assistant.v1.AssistantService/CancelJob": {
      "post": {
        "operationId": "CancelJob",
        "tags": [
          "Bare JSON"
        ],
        "summary": "CancelJob",
        "description": "Cancels a job, and stops its turn if it is running. Cancelling a job that has ended succeeds and changes nothing. NOT_FOUND if it does not exist.",
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/CancelJobRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The answer.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/CancelJobResponse"
                }
              }
            }
          },
          "default": {
            "description": "What is wrong.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ConnectError"
                }
              }
            }
          }
        }
      }
    },
    "/duet.assistant.v1.AssistantService/Transcribe": {
      "post": {
        "operationId": "Transcribe",
        "tags": [
          "Bare JSON"
        ],
        "summary": "Transcribe",
        "description": "Transcribes one utterance, without asking a model. The recording is not kept. If it contains no speech, the text is empty. UNIMPLEMENTED if the deployment has no speech recognizer, UNAVAILABLE while the recognizer cannot be reached.",
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/TranscribeRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The answer.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/TranscribeResponse"
                }
              }
            }
          },
          "default": {
            "description": "What is wrong.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ConnectError"
                }
              }
            }
          }
        }
      }
    },
    "/duet.assistant.v1.AssistantService/Interrupt": {
      "post": {
        "operationId": "Interrupt",
        "tags": [
          "Bare JSON"
        ],
        "summary": "Interrupt",
        "description": "Stops a running turn at once; its stream ends with `finished`, INTERRUPTED. A turn of a session may run on any edge. Once it has ended, and until 30 s after its audio would have ended, `played` still corrects how far it was heard before its speech was stopped. NOT_FOUND if no such turn runs (it may have ended on its own).",
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/InterruptRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The answer.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/InterruptResponse"
                }
              }
            }
          },
          "default": {
            "description": "What is wrong.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ConnectError"
                }
              }
            }
          }
        }
      }
    },
    "/duet.assistant.v1.AssistantService/ReportPlayback": {
      "post": {
        "operationId": "ReportPlayback",
        "tags": [
          "Bare JSON"
        ],
        "summary": "ReportPlayback",
        "description": "Reports how far a turn has been heard, any number of times: the farthest report counts, and a position beyond what was sent counts as the end of what was sent. Accepted until 30 s after the turn's audio would have ended, a time that starts anew with each report. NOT_FOUND after that, and for a turn without a session.",
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/ReportPlaybackRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The answer.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ReportPlaybackResponse"
                }
              }
            }
          },
          "default": {
            "description": "What is wrong.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ConnectError"
                }
              }
            }
          }
        }
      }
    },
    "/duet.assistant.v1.AssistantService/GetSession": {
      "post": {
        "operationId": "GetSession",
        "tags": [
          "Bare JSON"
        ],
        "summary": "GetSession",
        "description": "Returns a stored conversation. NOT_FOUND if it does not exist or has expired.",
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/GetSessionRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The answer.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/GetSessionResponse"
                }
              }
            }
          },
          "default": {
            "description": "What is wrong.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ConnectError"
                }
              }
            }
          }
        }
      }
    },
    "/duet.assistant.v1.AssistantService/ListSessions": {
      "post": {
        "operationId": "ListSessions",
        "tags": [
          "Bare JSON"
        ],
        "summary": "ListSessions",
        "description": "Lists a person's conversations, newest first.",
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/ListSessionsRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The answer.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ListSessionsResponse"
                }
              }
            }
          },
          "default": {
            "description": "What is wrong.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ConnectError"
                }
              }
            }
          }
        }
      }
    },
    "/duet.assistant.v1.AssistantService/DeleteSession": {
      "post": {
        "operationId": "DeleteSession",
        "tags": [
          "Bare JSON"
        ],
        "summary": "DeleteSession",
        "description": "Deletes a conversation; if one of its turns is running, that is stopped. Succeeds if the conversation does not exist.",
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/DeleteSessionRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The answer.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/DeleteSessionResponse"
                }
              }
            }
          },
          "default": {
            "description": "What is wrong.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ConnectError"
                }
              }
            }
          }
        }
      }
    },
    "/duet.assistant.v1.AssistantService/ListVoices": {
      "post": {
        "operationId": "ListVoices",
        "tags": [
          "Bare JSON"
        ],
        "summary": "ListVoices",
        "description": "Lists the voices that a turn may use.",
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/ListVoicesRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The answer.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ListVoicesResponse"
                }
              }
            }
          },
          "default": {
            "description": "What is wrong.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ConnectError"
                }
              }
            }
          }
        }
      }
    },
    "/duet.assistant.v1.AssistantService/GetStatus": {
      "post": {
        "operationId": "GetStatus",
        "tags": [
          "Bare JSON"
        ],
        "summary": "GetStatus",
        "description": "Returns what this deployment consists of and what state it is in.",
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/GetStatusRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The answer.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/GetStatusResponse"
                }
              }
            }
          },
          "default": {
            "description": "What is wrong.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ConnectError"
                }
              }
            }
          }
        }
      }
    }
  },
  "components": {
    "securitySchemes": {
      "key": {
        "type": "http",
        "scheme": "bearer"
      }
    },
    "parameters": {
      "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "The same request with the same key is answered by the same bytes for ten minutes, and no engine works for it again.",
        "schema": {
          "type": "string",
          "minLength": 1,
          "maxLength": 255
        }
      }
    },
    "responses": {
      "Error": {
        "description": "What is wrong.",
        "content": {
          "application/json": {
            "schema": {
              "$ref": "#/components/schemas/ConnectError"
            }
          }
        }
      },
      "OpenAiError": {
        "description": "What is wrong.",
        "headers": {
          "x-request-id": {
            "description": "Names the request; every answer has one.",
            "schema": {
              "type": "string"
            }
          },
          "x-should-retry": {
            "description": "Whether the same request may succeed if it is sent again.",
            "schema": {
              "type": "string",
              "enum": [
                "true",
                "false"
              ]
            }
          },
          "retry-after-ms": {
            "description": "When to send it again, in milliseconds.",
            "schema": {
              "type": "string"
            }
          }
        },
        "content": {
          "application/json": {
            "schema": {
              "$ref": "#/components/schemas/OpenAiError"
            }
          }
        }
      }
    },
    "schemas": {
      "PlainChat": {
        "type": "object",
        "required": [
          "text"
        ],
        "additionalProperties": false,
        "properties": {
          "text": {
            "type": "string",
            "description": "The question: at least one letter or digit, at most 8,000 characters."
          },
          "user_id": {
            "type": [
              "string",
              "integer"
            ],
            "description": "The person who asks, up to 128 of `A-Z a-z 0-9 . _ @ : -`."
          },
          "voice_style": {
            "type": "string",
            "description": "A voice of ListVoices; `default` or nothing: the default voice."
          },
          "language": {
            "type": "string",
            "description": "A BCP 47 tag. Nothing: told from the question."
          },
          "profile": {
            "type": "string",
            "description": "The id of a profile of the deployment."
          },
          "session_id": {
            "type": "string",
            "description": "The conversation that it belongs to."
          },
          "format": {
            "type": "string",
            "enum": [
              "wav",
              "mp3",
              "ogg"
            ],
            "description": "The form of the file. Nothing: as the deployment has it."
          }
        }
      },
      "PlainAnswer": {
        "type": "object",
        "required": [
          "user_id",
          "text_reply",
          "audio_url",
          "duration_ms"
        ],
        "properties": {
          "user_id": {
            "type": "string"
          },
          "text_reply": {
            "type": "string"
          },
          "audio_url": {
            "type": "string"
          },
          "duration_ms": {
            "type": "integer",
            "description": "How long the file plays."
          }
        }
      },
      "PlainJobRequest": {
        "type": "object",
        "required": [
          "text"
        ],
        "additionalProperties": false,
        "properties": {
          "text": {
            "type": "string"
          },
          "user_id": {
            "type": [
              "string",
              "integer"
            ]
          },
          "voice_style": {
            "type": "string"
          },
          "language": {
            "type": "string"
          },
          "profile": {
            "type": "string"
          },
          "format": {
            "type": "string",
            "enum": [
              "wav",
              "mp3",
              "ogg"
            ]
          },
          "request_id": {
            "type": "string",
            "description": "Makes it safe to send the same again: it is one job. 1 to 64 of `A-Z a-z 0-9 . _ -`."
          }
        }
      },
      "PlainJob": {
        "type": "object",
        "required": [
          "job_id",
          "state",
          "attempts"
        ],
        "properties": {
          "job_id": {
            "type": "string"
          },
          "state": {
            "type": "string",
            "enum": [
              "queued",
              "running",
              "succeeded",
              "failed",
              "cancelled"
            ]
          },
          "attempts": {
            "type": "integer",
            "description": "How often it was begun."
          },
          "result": {
            "$ref": "#/components/schemas/PlainAnswer"
          },
          "error": {
            "type": "object",
            "required": [
              "reason",
              "message"
            ],
            "properties": {
              "reason": {
                "type": "string"
              },
              "message": {
                "type": "string"
              }
            }
          }
        }
      },
      "ConnectError": {
        "type": "object",
        "required": [
          "code"
        ],
        "properties": {
          "code": {
            "type": "string"
          },
          "message": {
            "type": "string"
          },
          "details": {
            "type": "array",
            "description": "Messages of `google.rpc`: `ErrorInfo` always, `BadRequest`, `RetryInfo` and `QuotaFailure` where they say more.",
            "items": {
              "type": "object",
              "required": [
                "type",
                "value"
              ],
              "properties": {
                "type": {
                  "type": "string",
                  "description": "The message's full name."
                },
                "value": {
                  "type": "string",
                  "description": "The message in base64, without padding."
                },
                "debug": {
                  "type": "object",
                  "additionalProperties": true,
                  "description": "The message in JSON."
                }
              }
            }
          }
        }
      },
      "OpenAiError": {
        "type": "object",
        "required": [
          "error"
        ],
        "properties": {
          "error": {
            "type": "object",
            "required": [
              "message",
              "type",
              "param",
              "code"
            ],
            "additionalProperties": false,
            "properties": {
              "message": {
                "type": "string"
              },
              "type": {
                "type": "string"
              },
              "param": {
                "type": [
                  "string",
                  "null"
                ]
              },
              "code": {
                "type": [
                  "string",
                  "null"
                ]
              }
            }
          }
        }
      },
      "CreateSpeech": {
        "type": "object",
        "required": [
          "model",
          "input",
          "voice"
        ],
        "properties": {
          "model": {
            "type": "string",
            "description": "`duet`, `tts-1`, `tts-1-hd` or `gpt-4o-mini-tts`: all are the same voice."
          },
          "input": {
            "type": "string",
            "maxLength": 8000,
            "description": "Holds at least one letter or digit."
          },
          "voice": {
            "description": "A voice of this deployment, or one of OpenAI's 13 names, which stand for the default voice unless the deployment has named others.",
            "anyOf": [
              {
                "type": "string"
              },
              {
                "type": "object",
                "required": [
                  "id"
                ],
                "properties": {
                  "id": {
                    "type": "string"
                  }
                }
              }
            ]
          },
          "instructions": {
            "type": "string",
            "maxLength": 8000,
            "description": "How to speak. It is accepted, because many clients always send it, but not followed: none of the engines that Duet drives can be told how to speak. The response says so in the header `x-duet-not-followed`. Choose another voice, or `speed`."
          },
          "response_format": {
            "type": "string",
            "enum": [
              "mp3",
              "opus",
              "wav",
              "pcm",
              "ulaw",
              "alaw"
            ],
            "default": "mp3",
            "description": "`opus` comes in Ogg; `pcm` is 16-bit, mono, without a header."
          },
          "sample_rate": {
            "type": "integer",
            "default": 24000,
            "description": "Samples a second; `ulaw` and `alaw` have 8000."
          },
          "speed": {
            "type": "number",
            "minimum": 0.25,
            "maximum": 4,
            "default": 1,
            "description": "How many times faster, at the same pitch."
          },
          "stream_format": {
            "type": "string",
            "enum": [
              "audio",
              "sse"
            ],
            "default": "audio"
          },
          "pacing": {
            "type": "string",
            "enum": [
              "none",
              "real_time"
            ],
            "default": "none",
            "description": "`real_time`: 20 ms of sound every 20 ms, for a telephone line."
          },
          "language": {
            "type": "string",
            "description": "A BCP 47 tag; without it the text tells.",
            "example": "en-GB"
          },
          "profile": {
            "type": "string",
            "description": "Which of the deployment's assistants speaks."
          },
          "session_id": {
            "type": "string",
            "description": "Keeps the text in this conversation."
          },
          "user": {
            "type": "string",
            "description": "Whose conversation it is."
          }
        }
      },
      "CreateTranscription": {
        "type": "object",
        "required": [
          "file",
          "model"
        ],
        "properties": {
          "file": {
            "type": "string",
            "contentMediaType": "application/octet-stream",
            "description": "WAV, Ogg, WebM, MP3 or FLAC: one utterance, at most 60 s and 4 MiB."
          },
          "model": {
            "type": "string",
            "default": "duet",
            "description": "`duet`, or one of OpenAI's names: all are the same recognizer."
          },
          "language": {
            "type": "string",
            "description": "A BCP 47 tag; without it the recognizer tells.",
            "example": "en"
          },
          "prompt": {
            "type": "string",
            "maxLength": 1000,
            "description": "Names and terms that may come up."
          },
          "response_format": {
            "type": "string",
            "enum": [
              "json",
              "text",
              "verbose_json"
            ],
            "default": "json"
          },
          "stream": {
            "type": "string",
            "enum": [
              "true",
              "false"
            ],
            "default": "false"
          },
          "timestamp_granularities[]": {
            "type": "string",
            "enum": [
              "segment"
            ],
            "description": "Taken and not followed."
          },
          "profile": {
            "type": "string",
            "description": "Whose language and limits."
          }
        }
      },
      "TranscriptionEvent": {
        "type": "object",
        "required": [
          "type"
        ],
        "properties": {
          "type": {
            "type": "string",
            "enum": [
              "transcript.text.delta",
              "transcript.text.done"
            ]
          },
          "delta": {
            "type": "string",
            "description": "Of `transcript.text.delta`."
          },
          "text": {
            "type": "string",
            "description": "Of `transcript.text.done`."
          },
          "usage": {
            "type": "object",
            "required": [
              "type",
              "seconds"
            ],
            "properties": {
              "type": {
                "const": "duration"
              },
              "seconds": {
                "type": "integer"
              }
            }
          }
        }
      },
      "Transcription": {
        "type": "object",
        "required": [
          "text"
        ],
        "properties": {
          "text": {
            "type": "string"
          },
          "task": {
            "const": "transcribe"
          },
          "language": {
            "type": "string"
          },
          "duration": {
            "type": "number"
          },
          "usage": {
            "type": "object",
            "required": [
              "type",
              "seconds"
            ],
            "properties": {
              "type": {
                "const": "duration"
              },
              "seconds": {
                "type": "integer"
              }
            }
          }
        }
      },
      "CreateChatCompletion": {
        "type": "object",
        "required": [
          "model",
          "messages"
        ],
        "properties": {
          "model": {
            "type": "string",
            "description": "`duet`, or a model that is served."
          },
          "messages": {
            "type": "array",
            "minItems": 1,
            "maxItems": 202,
            "items": {
              "$ref": "#/components/schemas/ChatMessage"
            }
          },
          "stream": {
            "type": "boolean",
            "default": false
          },
          "stream_options": {
            "type": "object",
            "properties": {
              "include_usage": {
                "type": "boolean"
              }
            }
          },
          "modalities": {
            "type": "array",
            "items": {
              "type": "string",
              "enum": [
                "text",
                "audio"
              ]
            }
          },
          "audio": {
            "type": "object",
            "required": [
              "voice",
              "format"
            ],
            "description": "With `modalities` that hold `audio`. Streamed, the format is `pcm16`.",
            "properties": {
              "voice": {
                "anyOf": [
                  {
                    "type": "string"
                  },
                  {
                    "type": "object",
                    "required": [
                      "id"
                    ],
                    "properties": {
                      "id": {
                        "type": "string"
                      }
                    }
                  }
                ]
              },
              "format": {
                "type": "string",
                "enum": [
                  "wav",
                  "mp3",
                  "opus",
                  "pcm16"
                ]
              }
            }
          },
          "max_tokens": {
            "type": "integer",
            "minimum": 1,
            "maximum": 8192
          },
          "max_completion_tokens": {
            "type": "integer",
            "minimum": 1,
            "maximum": 8192
          },
          "temperature": {
            "type": "number",
            "minimum": 0,
            "maximum": 2
          },
          "top_p": {
            "type": "number",
            "exclusiveMinimum": 0,
            "maximum": 1
          },
          "presence_penalty": {
            "type": "number",
            "minimum": -2,
            "maximum": 2
          },
          "frequency_penalty": {
            "type": "number",
            "minimum": -2,
            "maximum": 2
          },
          "seed": {
            "type": "integer"
          },
          "stop": {
            "anyOf": [
              {
                "type": "string",
                "minLength": 1
              },
              {
                "type": "array",
                "maxItems": 4,
                "items": {
                  "type": "string",
                  "minLength": 1
                }
              }
            ]
          },
          "response_format": {
            "type": "object",
            "required": [
              "type"
            ],
            "description": "The shape of the answer. `regex` and `choice` are not OpenAI's.",
            "properties": {
              "type": {
                "type": "string",
                "enum": [
                  "text",
                  "json_object",
                  "json_schema",
                  "regex",
                  "choice"
                ]
              },
              "json_schema": {
                "type": "object",
                "properties": {
                  "name": {
                    "type": "string"
                  },
                  "schema": {
                    "type": "object"
                  }
                }
              },
              "regex": {
                "type": "string"
              },
              "choice": {
                "type": "array",
                "items": {
                  "type": "string"
                }
              }
            }
          },
          "spoken": {
            "type": "array",
            "maxItems": 16,
            "items": {
              "type": "string"
            },
            "description": "Which texts of an answer in JSON are spoken, by their paths; without it, all."
          },
          "tools": {
            "type": "array",
            "maxItems": 128,
            "items": {
              "type": "object"
            },
            "description": "Passed on to the model server; what the model calls comes back."
          },
          "tool_choice": {
            "anyOf": [
              {
                "type": "string",
                "enum": [
                  "none",
                  "auto",
                  "required"
                ]
              },
              {
                "type": "object"
              }
            ]
          },
          "parallel_tool_calls": {
            "type": "boolean"
          },
          "reasoning_effort": {
            "type": "string",
            "description": "`none` and `minimal` keep a model from thinking, as leaving it out does."
          },
          "n": {
            "const": 1
          },
          "logprobs": {
            "const": false
          },
          "functions": {
            "description": "Refused; send `tools`.",
            "not": {}
          },
          "function_call": {
            "description": "Refused; send `tool_choice`.",
            "not": {}
          },
          "profile": {
            "type": "string",
            "description": "Which of the deployment's assistants answers."
          },
          "session_id": {
            "type": "string",
            "description": "The conversation that the edge keeps; then `messages` holds the last question alone."
          },
          "user": {
            "type": "string",
            "description": "Whose conversation it is."
          }
        }
      },
      "ChatMessage": {
        "type": "object",
        "required": [
          "role"
        ],
        "properties": {
          "role": {
            "type": "string",
            "enum": [
              "system",
              "developer",
              "user",
              "assistant",
              "tool"
            ]
          },
          "content": {
            "description": "A text, or parts of type `text`.",
            "anyOf": [
              {
                "type": "string"
              },
              {
                "type": "array",
                "items": {
                  "type": "object"
                }
              },
              {
                "type": "null"
              }
            ]
          },
          "tool_calls": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/ToolCall"
            }
          },
          "tool_call_id": {
            "type": "string"
          },
          "audio": {
            "type": "object",
            "required": [
              "id"
            ],
            "properties": {
              "id": {
                "type": "string"
              }
            },
            "description": "An answer that was spoken within the last hour."
          }
        }
      },
      "ToolCall": {
        "type": "object",
        "required": [
          "id",
          "type",
          "function"
        ],
        "properties": {
          "index": {
            "type": "integer"
          },
          "id": {
            "type": "string"
          },
          "type": {
            "const": "function"
          },
          "function": {
            "type": "object",
            "required": [
              "name",
              "arguments"
            ],
            "properties": {
              "name": {
                "type": "string"
              },
              "arguments": {
                "type": "string"
              }
            }
          }
        }
      },
      "SpeechEvent": {
        "type": "object",
        "required": [
          "type"
        ],
        "properties": {
          "type": {
            "type": "string",
            "enum": [
              "speech.audio.delta",
              "speech.audio.done",
              "speech.audio.error"
            ]
          },
          "audio": {
            "type": "string",
            "contentEncoding": "base64",
            "description": "Of `speech.audio.delta`."
          },
          "usage": {
            "type": "object",
            "description": "Of `speech.audio.done`. A character counts as a token, and so do 50 ms of sound.",
            "required": [
              "input_tokens",
              "output_tokens",
              "total_tokens"
            ],
            "properties": {
              "input_tokens": {
                "type": "integer"
              },
              "output_tokens": {
                "type": "integer"
              },
              "total_tokens": {
                "type": "integer"
              }
            }
          },
          "error": {
            "type": "object",
            "description": "Of `speech.audio.error`."
          }
        }
      },
      "ChatCompletionChunk": {
        "type": "object",
        "required": [
          "id",
          "object",
          "created",
          "model",
          "choices"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "object": {
            "const": "chat.completion.chunk"
          },
          "created": {
            "type": "integer"
          },
          "model": {
            "type": "string"
          },
          "service_tier": {
            "type": "null"
          },
          "system_fingerprint": {
            "type": "null"
          },
          "choices": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "index",
                "delta",
                "finish_reason"
              ],
              "properties": {
                "index": {
                  "type": "integer"
                },
                "logprobs": {
                  "type": "null"
                },
                "finish_reason": {
                  "type": [
                    "string",
                    "null"
                  ],
                  "enum": [
                    "stop",
                    "length",
                    "tool_calls",
                    null
                  ]
                },
                "delta": {
                  "type": "object",
                  "properties": {
                    "role": {
                      "const": "assistant"
                    },
                    "content": {
                      "type": [
                        "string",
                        "null"
                      ]
                    },
                    "refusal": {
                      "type": "null"
                    },
                    "tool_calls": {
                      "type": "array",
                      "items": {
                        "$ref": "#/components/schemas/ToolCall"
                      }
                    },
                    "audio": {
                      "type": "object",
                      "properties": {
                        "id": {
                          "type": "string"
                        },
                        "transcript": {
                          "type": "string"
                        },
                        "data": {
                          "type": "string",
                          "contentEncoding": "base64"
                        },
                        "expires_at": {
                          "type": "integer"
                        }
                      }
                    }
                  }
                }
              }
            }
          },
          "usage": {
            "anyOf": [
              {
                "$ref": "#/components/schemas/ChatUsage"
              },
              {
                "type": "null"
              }
            ]
          }
        }
      },
      "ChatUsage": {
        "type": "object",
        "required": [
          "prompt_tokens",
          "completion_tokens",
          "total_tokens"
        ],
        "properties": {
          "prompt_tokens": {
            "type": "integer"
          },
          "completion_tokens": {
            "type": "integer"
          },
          "total_tokens": {
            "type": "integer"
          },
          "prompt_tokens_details": {
            "type": "object"
          },
          "completion_tokens_details": {
            "type": "object"
          }
        }
      },
      "PathList": {
        "type": "object",
        "required": [
          "object",
          "data"
        ],
        "properties": {
          "object": {
            "const": "list"
          },
          "data": {
            "type": "array",
            "items": {
              "type": "string"
            }
          }
        }
      },
      "ChatCompletion": {
        "type": "object",
        "required": [
          "id",
          "object",
          "created",
          "model",
          "choices"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "object": {
            "const": "chat.completion"
          },
          "created": {
            "type": "integer"
          },
          "model": {
            "type": "string"
          },
          "service_tier": {
            "type": "null"
          },
          "system_fingerprint": {
            "type": "null"
          },
          "choices": {
            "type": "array",
            "minItems": 1,
            "items": {
              "type": "object",
              "required": [
                "index",
                "message",
                "finish_reason"
              ],
              "properties": {
                "index": {
                  "type": "integer"
                },
                "logprobs": {
                  "type": "null"
                },
                "finish_reason": {
                  "type": "string",
                  "enum": [
                    "stop",
                    "length",
                    "tool_calls"
                  ]
                },
                "message": {
                  "type": "object",
                  "required": [
                    "role",
                    "content"
                  ],
                  "properties": {
                    "role": {
                      "const": "assistant"
                    },
                    "content": {
                      "type": [
                        "string",
                        "null"
                      ]
                    },
                    "refusal": {
                      "type": "null"
                    },
                    "annotations": {
                      "type": "array",
                      "maxItems": 0
                    },
                    "tool_calls": {
                      "type": "array",
                      "items": {
                        "$ref": "#/components/schemas/ToolCall"
                      }
                    },
                    "audio": {
                      "type": "object",
                      "required": [
                        "id",
                        "expires_at",
                        "data",
                        "transcript"
                      ],
                      "properties": {
                        "id": {
                          "type": "string"
                        },
                        "expires_at": {
                          "type": "integer"
                        },
                        "data": {
                          "type": "string",
                          "contentEncoding": "base64"
                        },
                        "transcript": {
                          "type": "string"
                        }
                      }
                    }
                  }
                }
              }
            }
          },
          "usage": {
            "anyOf": [
              {
                "$ref": "#/components/schemas/ChatUsage"
              },
              {
                "type": "null"
              }
            ]
          }
        }
      },
      "Model": {
        "type": "object",
        "required": [
          "id",
          "object",
          "created",
          "owned_by"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "object": {
            "const": "model"
          },
          "created": {
            "type": "integer"
          },
          "owned_by": {
            "type": "string"
          }
        }
      },
      "ModelList": {
        "type": "object",
        "required": [
          "object",
          "data"
        ],
        "properties": {
          "object": {
            "const": "list"
          },
          "data": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Model"
            }
          }
        }
      },
      "VoiceList": {
        "type": "object",
        "required": [
          "voices"
        ],
        "properties": {
          "voices": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "id",
                "name"
              ],
              "properties": {
                "id": {
                  "type": "string"
                },
                "name": {
                  "type": "string"
                },
                "languages": {
                  "type": "array",
                  "items": {
                    "type": "string"
                  }
                }
              }
            }
          }
        }
      },
      "Audio": {
        "type": "object",
        "description": "Audio of the current segment.",
        "properties": {
          "segment": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "The index of the segment."
          },
          "offset": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "The number of sample frames of this segment before this audio."
          },
          "pcm": {
            "type": "string",
            "contentEncoding": "base64",
            "description": "Whole sample frames, at most 64 KiB."
          }
        }
      },
      "AudioFormat": {
        "type": "object",
        "description": "Raw audio: signed 16-bit little-endian PCM.",
        "properties": {
          "sampleRateHertz": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "The sample rate in hertz."
          },
          "channelCount": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "Channels, interleaved; currently always 1."
          }
        }
      },
      "AudioInput": {
        "type": "object",
        "description": "A recording of one utterance.",
        "properties": {
          "data": {
            "type": "string",
            "contentEncoding": "base64",
            "description": "The recording, at most 4 MiB and 60 s."
          },
          "encoding": {
            "$ref": "#/components/schemas/InputEncoding",
            "description": "The format of `data`."
          },
          "sampleRateHertz": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "The sample rate in hertz for PCM_S16LE, 8,000 to 192,000; 0 for every other encoding, since its data contains the rate."
          }
        }
      },
      "CancelJobRequest": {
        "type": "object",
        "description": "Identifies the job to cancel.",
        "properties": {
          "jobId": {
            "type": "string",
            "description": "The id of the job, from `job.job_id` of the response that submitted it."
          }
        }
      },
      "CancelJobResponse": {
        "type": "object",
        "description": "The job was cancelled, or had already ended.",
        "properties": {
          "job": {
            "$ref": "#/components/schemas/Job",
            "description": "The current state of the job."
          }
        }
      },
      "ChatRequest": {
        "type": "object",
        "description": "A question whose answer is stored.",
        "properties": {
          "text": {
            "type": "string",
            "description": "As in ConverseRequest."
          },
          "history": {
            "type": "array",
            "description": "As in ConverseRequest.",
            "items": {
              "$ref": "#/components/schemas/Message"
            }
          },
          "instructions": {
            "type": "string",
            "description": "As in ConverseRequest."
          },
          "language": {
            "type": "string",
            "description": "As in ConverseRequest."
          },
          "voice": {
            "type": "string",
            "description": "As in ConverseRequest."
          },
          "generation": {
            "$ref": "#/components/schemas/GenerationOptions",
            "description": "As in ConverseRequest."
          },
          "sessionId": {
            "type": "string",
            "description": "As in ConverseRequest. Not allowed in a job, which may be executed more than once."
          },
          "userId": {
            "type": "string",
            "description": "As in ConverseRequest."
          },
          "output": {
            "$ref": "#/components/schemas/OutputFormat",
            "description": "The format of the stored speech. Absent: as the deployment is configured."
          },
          "profile": {
            "type": "string",
            "description": "As in ConverseRequest."
          }
        }
      },
      "ChatResponse": {
        "type": "object",
        "description": "An answer whose speech is stored.",
        "properties": {
          "turnId": {
            "type": "string",
            "description": "The turn that produced it."
          },
          "userId": {
            "type": "string",
            "description": "The `user_id` of the request."
          },
          "text": {
            "type": "string",
            "description": "The answer as written."
          },
          "audio": {
            "$ref": "#/components/schemas/StoredAudio",
            "description": "Its speech."
          },
          "voice": {
            "type": "string",
            "description": "The full name of the voice."
          },
          "model": {
            "type": "string",
            "description": "The model that answered."
          },
          "warnings": {
            "type": "array",
            "description": "The parts of the text that are not heard as written, and why.",
            "items": {
              "$ref": "#/components/schemas/Warning"
            }
          },
          "finishReason": {
            "$ref": "#/components/schemas/FinishReason",
            "description": "Why the text ended."
          },
          "usage": {
            "$ref": "#/components/schemas/Usage",
            "description": "Token counts, if the engine reported them."
          },
          "timings": {
            "$ref": "#/components/schemas/Timings",
            "description": "Where the time went; absent in a job."
          }
        }
      },
      "Choice": {
        "type": "object",
        "description": "A list of permitted answers.",
        "properties": {
          "options": {
            "type": "array",
            "description": "1 to 64 texts, none empty, each at most 8,000 characters.",
            "items": {
              "type": "string"
            }
          }
        }
      },
      "Constraint": {
        "type": "object",
        "description": "A form that an answer must have. `text_delta` carries the answer as it is written. An answer constrained by `regex` or `choice` is spoken like any other; in an answer constrained by `json_schema`, only values are spoken, never property names or punctuation.\n\nshape: at most one of jsonSchema, regex, choice.",
        "properties": {
          "jsonSchema": {
            "type": "string",
            "description": "A JSON Schema, as JSON text, at most 32,000 characters."
          },
          "regex": {
            "type": "string",
            "description": "A regular expression that the whole answer matches, at most 2,000 characters."
          },
          "choice": {
            "$ref": "#/components/schemas/Choice",
            "description": "The answer is one of these texts."
          },
          "spoken": {
            "type": "array",
            "description": "Which values of a `json_schema` answer are spoken: property names joined by dots, such as `reply` or `steps.text`; a list on the path stands for all its items. At most 16. Each value is spoken as a sentence of its own. Empty: every string is spoken. True, false and null are never spoken, and numbers only if they are named here.",
            "items": {
              "type": "string"
            }
          }
        }
      },
      "ConverseRequest": {
        "type": "object",
        "description": "One question. A connection lost during a turn stops the turn, unless `resume_window_ms` says otherwise. So does a caller that closes its side of the connection, or that stops reading while there is more to speak (CLIENT_TOO_SLOW).",
        "properties": {
          "text": {
            "type": "string",
            "description": "What the user says: at least one letter or digit, at most 8,000 characters. Set exactly one of `text` and `audio`."
          },
          "history": {
            "type": "array",
            "description": "The conversation so far, oldest first, at most 200 messages; the model sees it, and none of it is stored. Must be empty if `session_id` is set.",
            "items": {
              "$ref": "#/components/schemas/Message"
            }
          },
          "instructions": {
            "type": "string",
            "description": "Instructions to the model. Empty: those of the deployment."
          },
          "language": {
            "type": "string",
            "description": "The language of the answer as a BCP 47 tag, such as `zh`, `en-US` or `ja`; decides how numbers are read. Empty: detected from the question and from the answer."
          },
          "voice": {
            "type": "string",
            "description": "A voice of ListVoices. A name without an engine means the default engine's voice of that name, or if it has none, that of the first engine that does. Empty: the default voice."
          },
          "generation": {
            "$ref": "#/components/schemas/GenerationOptions",
            "description": "How the answer is generated."
          },
          "sessionId": {
            "type": "string",
            "description": "The conversation that this question belongs to, 1 to 64 of `A-Z a-z 0-9 . _ -`, chosen by the caller; created if it does not exist. The question, and as much of the answer as is heard, is stored with the conversation, and the model sees what was stored before. If another turn of the conversation is still running, it is stopped first. UNAVAILABLE while conversations cannot be stored. Empty: nothing is stored."
          },
          "userId": {
            "type": "string",
            "description": "The person who asks, up to 128 of `A-Z a-z 0-9 . _ @ : -`. ListSessions finds a person's conversations by it; a conversation of another person is refused with PERMISSION_DENIED. If the caller's credentials name a person, that one is used instead."
          },
          "profile": {
            "type": "string",
            "description": "Which assistant answers: the id of one of the deployment's profiles, as listed by GetStatus. Values set in the request take precedence, except that the profile's limits apply and its instructions precede those of the request. A session keeps the profile that it was created with: FAILED_PRECONDITION for another one. INVALID_ARGUMENT for one that does not exist, PERMISSION_DENIED for one that the caller may not use. Empty: the session's, else the default of the caller's credentials, else none."
          },
          "requestId": {
            "type": "string",
            "description": "Identifies this request, so that sending it again does not ask twice: 1 to 64 of `A-Z a-z 0-9 . _ -`, ideally a random UUID. If the same caller sends it again within a day, with the same fields, it gets the same turn from its first event, as Resume would send it: while the turn runs, and for two minutes after its end; after that, FAILED_PRECONDITION with the reason ALREADY_DONE. INVALID_ARGUMENT if other fields have changed. A turn that was refused, or abandoned before `started` without a resume window, is forgotten: the request then starts a new one. UNAVAILABLE while turns cannot be stored. Empty: every request is new."
          },
          "resumeWindowMs": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "How long a turn outlives a lost connection, in milliseconds, at most 300,000. 0: a lost connection stops the turn. Otherwise the turn runs on without a reader for this long, and within this time Resume can continue its stream. `started` says whether it can be resumed; if turns cannot be stored, the turn runs on all the same."
          },
          "opener": {
            "$ref": "#/components/schemas/OpenerMode",
            "description": "How the speech of the answer begins. UNSPECIFIED: as set by the profile, else by the deployment."
          },
          "skipAnswerCache": {
            "type": "boolean",
            "description": "Asks the model even if the deployment has the answer to this question in its cache."
          },
          "stop": {
            "type": "array",
            "description": "Up to four texts, none empty, each at most 200 characters: the answer ends before the first of them that the model writes.",
            "items": {
              "type": "string"
            }
          },
          "constraint": {
            "$ref": "#/components/schemas/Constraint",
            "description": "A form that the answer must have. Absent: free text. If the answer has another form, the turn ends as FAILED."
          },
          "audio": {
            "$ref": "#/components/schemas/AudioInput",
            "description": "What the user says, as a recording of one utterance; saves the round trip of Transcribe. It is transcribed before `started`, so a failure of the recognizer is the call's status; `transcript` follows `started`. If the recording contains no speech, neither a model nor a voice is used, nothing is stored, and the turn ends with NO_SPEECH. `language` also tells the recognizer which language to expect."
          }
        }
      },
      "ConverseResponse": {
        "type": "object",
        "description": "One event of a Converse turn.\n\nevent: at most one of started, textDelta, segment, audio, segmentDone, warning, finished, heartbeat, thinking, transcript.",
        "properties": {
          "sequence": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "Counts from 1 within the turn, without gaps; 0 for a heartbeat."
          },
          "started": {
            "$ref": "#/components/schemas/Started",
            "description": "The model and the voice have accepted the turn; the first event."
          },
          "textDelta": {
            "$ref": "#/components/schemas/TextDelta",
            "description": "More of the answer as written."
          },
          "segment": {
            "$ref": "#/components/schemas/Segment",
            "description": "A segment of speech begins."
          },
          "audio": {
            "$ref": "#/components/schemas/Audio",
            "description": "More audio of the current segment."
          },
          "segmentDone": {
            "$ref": "#/components/schemas/SegmentDone",
            "description": "The current segment is complete."
          },
          "warning": {
            "$ref": "#/components/schemas/Warning",
            "description": "Part of the text is not heard as written; the turn continues."
          },
          "finished": {
            "$ref": "#/components/schemas/Finished",
            "description": "The turn is over; the last event."
          },
          "heartbeat": {
            "$ref": "#/components/schemas/Heartbeat",
            "description": "Nothing else happened for a while, possibly before `started`; its `sequence` is 0."
          },
          "thinking": {
            "$ref": "#/components/schemas/Thinking",
            "description": "The model is thinking, or has finished thinking."
          },
          "transcript": {
            "$ref": "#/components/schemas/Transcript",
            "description": "The transcript of the recording that was sent; follows `started`. If there are ever partial transcripts, they will be the only events besides heartbeats that may precede `started`."
          }
        }
      },
      "DeleteSessionRequest": {
        "type": "object",
        "description": "Identifies a conversation to delete.",
        "properties": {
          "sessionId": {
            "type": "string",
            "description": "As in ConverseRequest."
          }
        }
      },
      "DeleteSessionResponse": {
        "type": "object",
        "description": "The conversation was deleted.",
        "properties": {}
      },
      "EngineStatus": {
        "type": "object",
        "description": "The state of one engine.",
        "properties": {
          "name": {
            "type": "string",
            "description": "Its name in this deployment, such as `fish`."
          },
          "ready": {
            "type": "boolean",
            "description": "Whether it accepts work."
          }
        }
      },
      "FinishReason": {
        "type": "string",
        "description": "Why the text of an answer ended.\n\n`FINISH_REASON_UNSPECIFIED`: Unspecified, or no text was written.\n\n`FINISH_REASON_STOP`: The model ended the answer.\n\n`FINISH_REASON_LENGTH`: The token limit was reached: the answer is cut short.\n\n`FINISH_REASON_REPETITION`: The engine detected that the model was repeating itself and stopped it.\n\n`FINISH_REASON_TOOL_CALLS`: The model calls tools and waits for their results. Only if a request gave it tools.",
        "enum": [
          "FINISH_REASON_UNSPECIFIED",
          "FINISH_REASON_STOP",
          "FINISH_REASON_LENGTH",
          "FINISH_REASON_REPETITION",
          "FINISH_REASON_TOOL_CALLS"
        ]
      },
      "Finished": {
        "type": "object",
        "description": "The turn is over.",
        "properties": {
          "outcome": {
            "$ref": "#/components/schemas/Outcome",
            "description": "How it ended."
          },
          "error": {
            "$ref": "#/components/schemas/TurnError",
            "description": "Why it failed, if FAILED."
          },
          "finishReason": {
            "$ref": "#/components/schemas/FinishReason",
            "description": "Why the text of the answer ended, if it did."
          },
          "usage": {
            "$ref": "#/components/schemas/Usage",
            "description": "Token counts, if the engine reported them."
          },
          "timings": {
            "$ref": "#/components/schemas/Timings",
            "description": "Where the time went."
          }
        }
      },
      "GenerationOptions": {
        "type": "object",
        "description": "How an answer is generated. Fields left unset use the deployment's defaults.",
        "properties": {
          "maxTokens": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "The maximum number of tokens to write, 1 to 8192."
          },
          "temperature": {
            "type": "number",
            "description": "The sampling temperature: 0 (greedy) to 2."
          },
          "topP": {
            "type": "number",
            "description": "The cumulative probability of the candidate tokens (nucleus sampling): above 0, up to 1."
          },
          "seed": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "Makes sampling repeatable as far as the engine allows."
          },
          "thinking": {
            "$ref": "#/components/schemas/ThinkingMode",
            "description": "Whether the model may think before it answers. Its reasoning is neither sent as text nor spoken."
          }
        }
      },
      "GetJobRequest": {
        "type": "object",
        "description": "Identifies a job.",
        "properties": {
          "jobId": {
            "type": "string",
            "description": "The id of the job, from `job.job_id` of the response that submitted it."
          }
        }
      },
      "GetJobResponse": {
        "type": "object",
        "description": "A job.",
        "properties": {
          "job": {
            "$ref": "#/components/schemas/Job",
            "description": "The current state of the job."
          }
        }
      },
      "GetSessionRequest": {
        "type": "object",
        "description": "Identifies a conversation.",
        "properties": {
          "sessionId": {
            "type": "string",
            "description": "As in ConverseRequest."
          }
        }
      },
      "GetSessionResponse": {
        "type": "object",
        "description": "A conversation.",
        "properties": {
          "session": {
            "$ref": "#/components/schemas/Session",
            "description": "Its title, owner and times."
          },
          "messages": {
            "type": "array",
            "description": "Its messages, oldest first.",
            "items": {
              "$ref": "#/components/schemas/SessionMessage"
            }
          }
        }
      },
      "GetStatusRequest": {
        "type": "object",
        "description": "Asks for the status.",
        "properties": {}
      },
      "GetStatusResponse": {
        "type": "object",
        "description": "What this deployment consists of and what state it is in.",
        "properties": {
          "version": {
            "type": "string",
            "description": "Duet's version."
          },
          "generate": {
            "$ref": "#/components/schemas/ServiceStatus",
            "description": "The service of the language model."
          },
          "synthesize": {
            "$ref": "#/components/schemas/ServiceStatus",
            "description": "The service of the voices."
          },
          "turnCount": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "The number of turns running in this process."
          },
          "script": {
            "$ref": "#/components/schemas/Script",
            "description": "The questions that the scripted stand-in knows. Set only if it answers in place of a model."
          },
          "sessions": {
            "$ref": "#/components/schemas/StoreStatus",
            "description": "Where conversations are stored, and how durably."
          },
          "profiles": {
            "type": "array",
            "description": "The profiles that this caller may name, in the order of the deployment's config.",
            "items": {
              "$ref": "#/components/schemas/Profile"
            }
          },
          "defaultProfile": {
            "type": "string",
            "description": "The profile of a request that names none; empty: none."
          },
          "openerMode": {
            "$ref": "#/components/schemas/OpenerMode",
            "description": "How the speech of an answer begins if neither request nor profile says. UNSPECIFIED: not reported by Synthesize."
          },
          "cache": {
            "$ref": "#/components/schemas/SpeechCache",
            "description": "The cache of synthesized speech. Absent: there is none, or Synthesize does not report it."
          },
          "transcribe": {
            "$ref": "#/components/schemas/ServiceStatus",
            "description": "The speech recognizer. Absent: the deployment does not accept recordings."
          },
          "resume": {
            "$ref": "#/components/schemas/StoreStatus",
            "description": "Where the events of turns are stored for Resume, and how durably."
          },
          "audio": {
            "$ref": "#/components/schemas/StoreStatus",
            "description": "Where speech is stored. Absent: speech is not stored, so Chat and jobs are unavailable."
          },
          "jobs": {
            "$ref": "#/components/schemas/StoreStatus",
            "description": "Where jobs are queued. Absent: jobs are not accepted."
          },
          "traced": {
            "type": "boolean",
            "description": "Whether turns are traced. If so, a player can start a turn's trace by sending its own `traceparent` with the turn and with the turn's playback reports."
          }
        }
      },
      "Heartbeat": {
        "type": "object",
        "description": "Nothing else happened for a while: the turn continues. Keeps proxies from closing the stream; clients can ignore it.",
        "properties": {}
      },
      "InputEncoding": {
        "type": "string",
        "description": "The format of a recording. WAV and PCM are checked here for speech: recordings without any are not sent to a recognizer. Other formats are passed on unchanged, if the recognizer accepts them.\n\n`INPUT_ENCODING_UNSPECIFIED`: Detected from the first bytes: WAV, OGG_OPUS, WEBM_OPUS, MP3 or FLAC.\n\n`INPUT_ENCODING_WAV`: A RIFF WAVE file of 16-bit PCM, mono or stereo, at any sample rate.\n\n`INPUT_ENCODING_PCM_S16LE`: Headerless 16-bit samples, little-endian, mono, at `sample_rate_hertz`.\n\n`INPUT_ENCODING_OGG_OPUS`: Opus in Ogg.\n\n`INPUT_ENCODING_WEBM_OPUS`: Opus in WebM, as MediaRecorder writes it.\n\n`INPUT_ENCODING_MP3`: MPEG audio layer III.\n\n`INPUT_ENCODING_FLAC`: FLAC.",
        "enum": [
          "INPUT_ENCODING_UNSPECIFIED",
          "INPUT_ENCODING_WAV",
          "INPUT_ENCODING_PCM_S16LE",
          "INPUT_ENCODING_OGG_OPUS",
          "INPUT_ENCODING_WEBM_OPUS",
          "INPUT_ENCODING_MP3",
          "INPUT_ENCODING_FLAC"
        ]
      },
      "InterruptRequest": {
        "type": "object",
        "description": "Identifies a turn to stop.",
        "properties": {
          "turnId": {
            "type": "string",
            "description": "`started.turn_id`."
          },
          "played": {
            "$ref": "#/components/schemas/Position",
            "description": "How far it was heard. Absent: as far as was last reported, or else as far as it can have been heard by now."
          }
        }
      },
      "InterruptResponse": {
        "type": "object",
        "description": "The turn was stopped.",
        "properties": {}
      },
      "Job": {
        "type": "object",
        "description": "A question that is answered in the background.",
        "properties": {
          "jobId": {
            "type": "string",
            "description": "Identifies the job."
          },
          "state": {
            "$ref": "#/components/schemas/JobState",
            "description": "Its state."
          },
          "attempts": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "How many times it has been started."
          },
          "result": {
            "$ref": "#/components/schemas/ChatResponse",
            "description": "Its result, if SUCCEEDED; each call returns a newly signed URL."
          },
          "error": {
            "$ref": "#/components/schemas/TurnError",
            "description": "Why it failed, if FAILED."
          },
          "createTime": {
            "type": "string",
            "format": "date-time",
            "description": "When it was submitted."
          },
          "updateTime": {
            "type": "string",
            "format": "date-time",
            "description": "When its state last changed."
          },
          "expireTime": {
            "type": "string",
            "format": "date-time",
            "description": "When it is deleted, if it has ended by then."
          }
        }
      },
      "JobState": {
        "type": "string",
        "description": "The state of a job.\n\n`JOB_STATE_UNSPECIFIED`: Unspecified.\n\n`JOB_STATE_QUEUED`: Waiting to be started, or to be tried again.\n\n`JOB_STATE_RUNNING`: Being worked on.\n\n`JOB_STATE_SUCCEEDED`: Its answer is ready.\n\n`JOB_STATE_FAILED`: It failed: the question is invalid, or the maximum number of attempts was reached.\n\n`JOB_STATE_CANCELLED`: It was cancelled.",
        "enum": [
          "JOB_STATE_UNSPECIFIED",
          "JOB_STATE_QUEUED",
          "JOB_STATE_RUNNING",
          "JOB_STATE_SUCCEEDED",
          "JOB_STATE_FAILED",
          "JOB_STATE_CANCELLED"
        ]
      },
      "ListSessionsRequest": {
        "type": "object",
        "description": "Asks for a person's conversations.",
        "properties": {
          "userId": {
            "type": "string",
            "description": "As in ConverseRequest. Empty: the person named by the credentials, or else conversations without a person."
          },
          "pageSize": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "The maximum number of conversations to return, up to 100. 0: 20."
          },
          "pageToken": {
            "type": "string",
            "description": "The `next_page_token` of the previous page; empty: the first page."
          }
        }
      },
      "ListSessionsResponse": {
        "type": "object",
        "description": "A person's conversations.",
        "properties": {
          "sessions": {
            "type": "array",
            "description": "Newest first.",
            "items": {
              "$ref": "#/components/schemas/Session"
            }
          },
          "nextPageToken": {
            "type": "string",
            "description": "The `page_token` that requests the next page; empty if this is the last page."
          }
        }
      },
      "ListVoicesRequest": {
        "type": "object",
        "description": "Asks for the voices.",
        "properties": {
          "profile": {
            "type": "string",
            "description": "As in ConverseRequest. The profile's voice becomes the default."
          }
        }
      },
      "ListVoicesResponse": {
        "type": "object",
        "description": "The available voices.",
        "properties": {
          "voices": {
            "type": "array",
            "description": "In the order in which to offer them; the first is the default.",
            "items": {
              "$ref": "#/components/schemas/Voice"
            }
          }
        }
      },
      "Listened": {
        "type": "object",
        "description": "How a turn's audio reached the listener, as measured by the player: includes the network, the decoder and the player's buffer.",
        "properties": {
          "firstSoundMs": {
            "type": "number",
            "description": "Milliseconds from the request to the first audio played, 0 to 3,600,000; in only one report of a turn."
          },
          "gapCount": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "How many times playback stalled until more audio arrived, at most 10,000. Pauses do not count."
          },
          "gapMs": {
            "type": "number",
            "description": "The total duration of those stalls in milliseconds, 0 to 3,600,000."
          },
          "reportedMs": {
            "type": "number",
            "description": "For a report with `first_sound_ms`: milliseconds from the request to this report, 0 to 3,600,000. Absent: the same as `first_sound_ms`. If the report carries the `traceparent` of the request, and that trace is recorded, the time until the first audio becomes a span of the trace."
          }
        }
      },
      "Marking": {
        "type": "object",
        "description": "How speech is marked as machine-made, in addition to these fields. The metadata of every file, whether WAV, MP3 or Ogg, says so too.",
        "properties": {
          "producer": {
            "type": "string",
            "description": "Who produces the speech, by the name that the deployment is configured with; empty: not named."
          },
          "notice": {
            "type": "boolean",
            "description": "Whether the speech begins with a spoken notice that it is machine-made."
          },
          "watermark": {
            "type": "boolean",
            "description": "Whether a program of the deployment added a watermark to the audio."
          }
        }
      },
      "Message": {
        "type": "object",
        "description": "One message of a conversation.",
        "properties": {
          "role": {
            "$ref": "#/components/schemas/Role",
            "description": "Who speaks: USER or ASSISTANT."
          },
          "content": {
            "type": "string",
            "description": "What was said, not empty, at most 32,000 characters."
          }
        }
      },
      "OpenerMode": {
        "type": "string",
        "description": "How the speech of an answer begins: how much text must have arrived before the first audio.\n\n`OPENER_MODE_UNSPECIFIED`: Unspecified.\n\n`OPENER_MODE_SOFT`: Text up to the first punctuation mark if that arrives in time; otherwise up to the best break between two words once there is enough to speak.\n\n`OPENER_MODE_WRITTEN`: Text up to the first punctuation mark.\n\n`OPENER_MODE_LIST`: As SOFT. In addition, if the answer would be late, the model is asked to begin with one of the deployment's short openings, such as `Good question.`, whose audio is already available.",
        "enum": [
          "OPENER_MODE_UNSPECIFIED",
          "OPENER_MODE_SOFT",
          "OPENER_MODE_WRITTEN",
          "OPENER_MODE_LIST"
        ]
      },
      "Outcome": {
        "type": "string",
        "description": "How a turn ended.\n\n`OUTCOME_UNSPECIFIED`: Unspecified.\n\n`OUTCOME_COMPLETED`: Everything was written and spoken.\n\n`OUTCOME_INTERRUPTED`: Stopped by Interrupt, or because the process was shutting down and reached its time limit.\n\n`OUTCOME_FAILED`: The turn failed: see `error`.\n\n`OUTCOME_NO_SPEECH`: The recording that was sent contains no speech, so there is nothing to answer. A normal end.",
        "enum": [
          "OUTCOME_UNSPECIFIED",
          "OUTCOME_COMPLETED",
          "OUTCOME_INTERRUPTED",
          "OUTCOME_FAILED",
          "OUTCOME_NO_SPEECH"
        ]
      },
      "OutputEncoding": {
        "type": "string",
        "description": "The format of a speech file, always mono.\n\n`OUTPUT_ENCODING_UNSPECIFIED`: As the deployment is configured.\n\n`OUTPUT_ENCODING_WAV`: A RIFF WAVE file of 16-bit PCM.\n\n`OUTPUT_ENCODING_OGG_OPUS`: Opus in Ogg.\n\n`OUTPUT_ENCODING_MP3`: MPEG audio layer III.",
        "enum": [
          "OUTPUT_ENCODING_UNSPECIFIED",
          "OUTPUT_ENCODING_WAV",
          "OUTPUT_ENCODING_OGG_OPUS",
          "OUTPUT_ENCODING_MP3"
        ]
      },
      "OutputFormat": {
        "type": "object",
        "description": "The format of stored speech.",
        "properties": {
          "encoding": {
            "$ref": "#/components/schemas/OutputEncoding",
            "description": "The file format."
          },
          "sampleRateHertz": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "The sample rate in hertz: 8000, 16000, 24000 or 48000; for WAV and MP3 also 22050, 32000 and 44100. 0: 24000."
          }
        }
      },
      "Phase": {
        "type": "object",
        "description": "One of the waits that make up the time until the first audio.",
        "properties": {
          "kind": {
            "$ref": "#/components/schemas/PhaseKind",
            "description": "Which phase."
          },
          "ms": {
            "type": "number",
            "description": "How long the phase took, in milliseconds; 0 if the turn has no such phase."
          }
        }
      },
      "PhaseKind": {
        "type": "string",
        "description": "The kinds of waits until the first audio.\n\n`PHASE_KIND_UNSPECIFIED`: Unspecified.\n\n`PHASE_KIND_EDGE`: Work of the edge itself, such as loading the conversation.\n\n`PHASE_KIND_TRANSCRIBE`: Waiting until the recording is transcribed.\n\n`PHASE_KIND_VOICE_ADMISSION`: Waiting for the voice to admit the turn.\n\n`PHASE_KIND_MODEL_QUEUE`: Waiting for the model to admit the question.\n\n`PHASE_KIND_FIRST_TOKEN`: Waiting until the model has processed the prompt and written its first token.\n\n`PHASE_KIND_THINKING`: Waiting while the model thinks before it answers.\n\n`PHASE_KIND_FIRST_CLAUSE`: Waiting until the model has written enough text for a first clause.\n\n`PHASE_KIND_WORDS`: Converting the clause to its spoken form.\n\n`PHASE_KIND_VOICE_QUEUE`: Waiting for a worker of the voice to take the first segment.\n\n`PHASE_KIND_ENGINE`: Waiting for the worker's first audio.\n\n`PHASE_KIND_LEADING_SILENCE`: Waiting for the end of the silence at the start of the audio, which is removed.\n\n`PHASE_KIND_SEND`: All other time: messages between the edge and the services, and anything that no other phase covers.",
        "enum": [
          "PHASE_KIND_UNSPECIFIED",
          "PHASE_KIND_EDGE",
          "PHASE_KIND_TRANSCRIBE",
          "PHASE_KIND_VOICE_ADMISSION",
          "PHASE_KIND_MODEL_QUEUE",
          "PHASE_KIND_FIRST_TOKEN",
          "PHASE_KIND_THINKING",
          "PHASE_KIND_FIRST_CLAUSE",
          "PHASE_KIND_WORDS",
          "PHASE_KIND_VOICE_QUEUE",
          "PHASE_KIND_ENGINE",
          "PHASE_KIND_LEADING_SILENCE",
          "PHASE_KIND_SEND"
        ]
      },
      "Position": {
        "type": "object",
        "description": "A position in the speech of a turn.",
        "properties": {
          "segment": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "The index of a segment."
          },
          "offset": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "How many sample frames of the segment have been played."
          }
        }
      },
      "Profile": {
        "type": "object",
        "description": "One of the assistants of a deployment.",
        "properties": {
          "id": {
            "type": "string",
            "description": "The value for `profile` in a request."
          },
          "displayName": {
            "type": "string",
            "description": "A name to display."
          },
          "voice": {
            "type": "string",
            "description": "The voice for requests that name none; empty: the default voice."
          },
          "language": {
            "type": "string",
            "description": "The language of its answers as a BCP 47 tag, for requests that name none; empty: detected from the question and from the answer."
          }
        }
      },
      "ReportPlaybackRequest": {
        "type": "object",
        "description": "How far a turn has been heard.",
        "properties": {
          "turnId": {
            "type": "string",
            "description": "`started.turn_id`."
          },
          "played": {
            "$ref": "#/components/schemas/Position",
            "description": "The position."
          },
          "listened": {
            "$ref": "#/components/schemas/Listened",
            "description": "How playback went since the last report that was answered. Absent: the player does not report it."
          }
        }
      },
      "ReportPlaybackResponse": {
        "type": "object",
        "description": "The report was recorded.",
        "properties": {}
      },
      "ResumeRequest": {
        "type": "object",
        "description": "Identifies a turn, and how far its events have arrived.",
        "properties": {
          "turnId": {
            "type": "string",
            "description": "`started.turn_id`."
          },
          "afterSequence": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "The `sequence` of the last event that arrived; 0: none."
          }
        }
      },
      "ResumeResponse": {
        "type": "object",
        "description": "One event of a resumed turn; the same events as in ConverseResponse.\n\nevent: at most one of started, textDelta, segment, audio, segmentDone, warning, finished, heartbeat, thinking, transcript.",
        "properties": {
          "sequence": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "As in the turn: continues after `after_sequence` without gaps; 0 for a heartbeat."
          },
          "started": {
            "$ref": "#/components/schemas/Started",
            "description": "The model and the voice have accepted the turn; the first event."
          },
          "textDelta": {
            "$ref": "#/components/schemas/TextDelta",
            "description": "More of the answer as written; never sent for a turn of Speak."
          },
          "segment": {
            "$ref": "#/components/schemas/Segment",
            "description": "A segment of speech begins."
          },
          "audio": {
            "$ref": "#/components/schemas/Audio",
            "description": "More audio of the current segment."
          },
          "segmentDone": {
            "$ref": "#/components/schemas/SegmentDone",
            "description": "The current segment is complete."
          },
          "warning": {
            "$ref": "#/components/schemas/Warning",
            "description": "Part of the text is not heard as written; the turn continues."
          },
          "finished": {
            "$ref": "#/components/schemas/Finished",
            "description": "The turn is over; the last event."
          },
          "heartbeat": {
            "$ref": "#/components/schemas/Heartbeat",
            "description": "Nothing else happened for a while; its `sequence` is 0."
          },
          "thinking": {
            "$ref": "#/components/schemas/Thinking",
            "description": "The model is thinking, or has finished thinking."
          },
          "transcript": {
            "$ref": "#/components/schemas/Transcript",
            "description": "The transcript of the recording that was sent."
          }
        }
      },
      "Role": {
        "type": "string",
        "description": "Who speaks in a conversation.\n\n`ROLE_UNSPECIFIED`: Unspecified: refused.\n\n`ROLE_USER`: The person who asks.\n\n`ROLE_ASSISTANT`: The assistant.",
        "enum": [
          "ROLE_UNSPECIFIED",
          "ROLE_USER",
          "ROLE_ASSISTANT"
        ]
      },
      "Script": {
        "type": "object",
        "description": "A scripted stand-in that answers in place of a model. It knows these questions, and says so when it is asked any other.",
        "properties": {
          "questions": {
            "type": "array",
            "description": "Questions that it has an answer to.",
            "items": {
              "$ref": "#/components/schemas/ScriptQuestion"
            }
          },
          "setting": {
            "type": "string",
            "description": "The setting that connects a model, such as `DUET_VLLM_URL`."
          }
        }
      },
      "ScriptQuestion": {
        "type": "object",
        "description": "A question that the scripted stand-in answers.",
        "properties": {
          "language": {
            "type": "string",
            "description": "Its language as a BCP 47 tag."
          },
          "label": {
            "type": "string",
            "description": "A short label for a button."
          },
          "text": {
            "type": "string",
            "description": "The question."
          }
        }
      },
      "Segment": {
        "type": "object",
        "description": "A segment of speech: one or more clauses that the engine speaks in one request.",
        "properties": {
          "index": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "Counts from 0 within the turn, without gaps."
          },
          "start": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "The index, in the turn's written text, of the first code point of the segment."
          },
          "end": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "The index after the last code point that the warning is about."
          },
          "spoken": {
            "type": "string",
            "description": "The text as it is spoken."
          },
          "spans": {
            "type": "array",
            "description": "Which range of the written text each part of `spoken` corresponds to, in order, for captions.",
            "items": {
              "$ref": "#/components/schemas/Span"
            }
          },
          "source": {
            "$ref": "#/components/schemas/SegmentSource",
            "description": "Where its audio comes from."
          },
          "voice": {
            "type": "string",
            "description": "The full name of the voice that speaks it: that of `started`, or its substitute."
          }
        }
      },
      "SegmentDone": {
        "type": "object",
        "description": "The current segment is complete.",
        "properties": {
          "segment": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "The index of the segment."
          },
          "sampleCount": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "Its length in sample frames."
          }
        }
      },
      "SegmentSource": {
        "type": "string",
        "description": "Where a segment's audio comes from.\n\n`SEGMENT_SOURCE_UNSPECIFIED`: Unspecified.\n\n`SEGMENT_SOURCE_ENGINE`: An engine synthesized it for this text.\n\n`SEGMENT_SOURCE_CACHE`: It was synthesized earlier, from the same words in the same voice.\n\n`SEGMENT_SOURCE_OPENER`: As CACHE, for a listed opening that the model was asked to begin with.",
        "enum": [
          "SEGMENT_SOURCE_UNSPECIFIED",
          "SEGMENT_SOURCE_ENGINE",
          "SEGMENT_SOURCE_CACHE",
          "SEGMENT_SOURCE_OPENER"
        ]
      },
      "ServiceStatus": {
        "type": "object",
        "description": "The state of one service.",
        "properties": {
          "ready": {
            "type": "boolean",
            "description": "Whether it can be reached and accepts work."
          },
          "message": {
            "type": "string",
            "description": "Why the service is not ready. Details that only operators can use are in the service's log and at its /readyz."
          },
          "engines": {
            "type": "array",
            "description": "The service's engines, if known; a service is ready while at least one of them is.",
            "items": {
              "$ref": "#/components/schemas/EngineStatus"
            }
          }
        }
      },
      "Session": {
        "type": "object",
        "description": "A stored conversation.",
        "properties": {
          "sessionId": {
            "type": "string",
            "description": "As in ConverseRequest."
          },
          "userId": {
            "type": "string",
            "description": "The person that it belongs to; empty if none was named."
          },
          "createTime": {
            "type": "string",
            "format": "date-time",
            "description": "When it was created."
          },
          "updateTime": {
            "type": "string",
            "format": "date-time",
            "description": "When the last message was added."
          },
          "expireTime": {
            "type": "string",
            "format": "date-time",
            "description": "When it expires, unless a message is added before then."
          },
          "messageCount": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "The number of messages."
          },
          "title": {
            "type": "string",
            "description": "The beginning of its first question, for lists."
          },
          "profile": {
            "type": "string",
            "description": "The profile that it was created with, which its next turns use; empty: none."
          }
        }
      },
      "SessionMessage": {
        "type": "object",
        "description": "A message of a stored conversation.",
        "properties": {
          "role": {
            "$ref": "#/components/schemas/Role",
            "description": "Who spoke: USER or ASSISTANT."
          },
          "text": {
            "type": "string",
            "description": "All that was written."
          },
          "heardEnd": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "How much of it was heard: the index after the last code point heard. For a question, its whole length."
          },
          "interrupted": {
            "type": "boolean",
            "description": "Whether the message was stopped before its end."
          },
          "estimated": {
            "type": "boolean",
            "description": "Whether `heard_end` is an estimate, because it was not reported or lies inside a segment."
          },
          "running": {
            "type": "boolean",
            "description": "Whether the message is still being spoken."
          },
          "turnId": {
            "type": "string",
            "description": "The turn that it belongs to."
          },
          "createTime": {
            "type": "string",
            "format": "date-time",
            "description": "When it was created."
          }
        }
      },
      "Span": {
        "type": "object",
        "description": "A piece of spoken text and the written text that it stands for.",
        "properties": {
          "start": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "The index of its first code point in the turn's written text."
          },
          "end": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "The index after its last code point in the written text."
          },
          "spokenStart": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "The index of its first code point in the segment's `spoken`."
          },
          "spokenEnd": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "The index after its last code point in `spoken`; equal to `spoken_start` if nothing is spoken."
          },
          "weight": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "How long its speech takes relative to other spans of the turn: a Chinese character or a syllable weighs 10. 0: nothing is spoken."
          }
        }
      },
      "SpeakRequest": {
        "type": "object",
        "description": "A text to be spoken.",
        "properties": {
          "text": {
            "type": "string",
            "description": "What to speak: at least one letter or digit, at most 8,000 characters."
          },
          "language": {
            "type": "string",
            "description": "As in ConverseRequest; empty: detected from the text."
          },
          "voice": {
            "type": "string",
            "description": "As in ConverseRequest."
          },
          "sessionId": {
            "type": "string",
            "description": "As in ConverseRequest; the text is stored as the assistant's message."
          },
          "userId": {
            "type": "string",
            "description": "As in ConverseRequest."
          },
          "profile": {
            "type": "string",
            "description": "As in ConverseRequest; sets the voice, language, lexicon and limits."
          },
          "opener": {
            "$ref": "#/components/schemas/OpenerMode",
            "description": "As in ConverseRequest; LIST behaves as SOFT here, as no model is involved."
          },
          "requestId": {
            "type": "string",
            "description": "As in ConverseRequest."
          },
          "resumeWindowMs": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "As in ConverseRequest."
          }
        }
      },
      "SpeakResponse": {
        "type": "object",
        "description": "One event of a Speak turn; the same events as in ConverseResponse, without `text_delta`.\n\nevent: at most one of started, segment, audio, segmentDone, warning, finished, heartbeat.",
        "properties": {
          "sequence": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "Counts from 1 within the turn, without gaps; 0 for a heartbeat."
          },
          "started": {
            "$ref": "#/components/schemas/Started",
            "description": "The voice has accepted the turn; the first event."
          },
          "segment": {
            "$ref": "#/components/schemas/Segment",
            "description": "A segment of speech begins."
          },
          "audio": {
            "$ref": "#/components/schemas/Audio",
            "description": "More audio of the current segment."
          },
          "segmentDone": {
            "$ref": "#/components/schemas/SegmentDone",
            "description": "The current segment is complete."
          },
          "warning": {
            "$ref": "#/components/schemas/Warning",
            "description": "Part of the text is not heard as written; the turn continues."
          },
          "finished": {
            "$ref": "#/components/schemas/Finished",
            "description": "The turn is over; the last event."
          },
          "heartbeat": {
            "$ref": "#/components/schemas/Heartbeat",
            "description": "Nothing else happened for a while, possibly before `started`; its `sequence` is 0."
          }
        }
      },
      "SpeechCache": {
        "type": "object",
        "description": "The cache of synthesized speech.",
        "properties": {
          "kind": {
            "$ref": "#/components/schemas/StoreKind",
            "description": "Where the cache is kept: MEMORY, or REDIS if it is also shared with other processes there."
          },
          "ready": {
            "type": "boolean",
            "description": "Whether the shared cache can be reached; true if there is none."
          },
          "bytes": {
            "type": "number",
            "description": "What Synthesize keeps in memory, in bytes. A double, since JSON and browsers can represent it as a number."
          },
          "maxBytes": {
            "type": "number",
            "description": "The maximum that Synthesize keeps in memory, in bytes."
          },
          "hitShare": {
            "type": "number",
            "description": "The fraction of clauses since the start whose speech was found in the cache, 0 to 1. Absent before the first lookup."
          }
        }
      },
      "Started": {
        "type": "object",
        "description": "The turn was accepted.",
        "properties": {
          "turnId": {
            "type": "string",
            "description": "Identifies the turn, for Interrupt."
          },
          "voice": {
            "type": "string",
            "description": "The full name of the voice: `fish/emma`. Empty if the recording contained nothing to answer."
          },
          "audioFormat": {
            "$ref": "#/components/schemas/AudioFormat",
            "description": "The format of every `audio` of this turn. Absent if the recording contained nothing to answer."
          },
          "model": {
            "type": "string",
            "description": "The model that answers; empty for Speak."
          },
          "sessionId": {
            "type": "string",
            "description": "The conversation that the turn is stored with; empty: none."
          },
          "resumable": {
            "type": "boolean",
            "description": "Whether Resume can continue this turn: `resume_window_ms` was set, and the turn's events are being stored. If that ends, a warning is sent."
          },
          "openerMode": {
            "$ref": "#/components/schemas/OpenerMode",
            "description": "How the speech of this turn begins. LIST only if the model was asked to begin with a listed opening."
          },
          "fromCache": {
            "type": "boolean",
            "description": "Whether the answer was generated earlier for the same question, or is being generated for another caller; its tokens are not counted again."
          },
          "language": {
            "type": "string",
            "description": "The language in which numbers are read, as a BCP 47 tag, if the request or its question determined it; empty: it is detected from the answer."
          },
          "marked": {
            "$ref": "#/components/schemas/Marking",
            "description": "How its speech is marked as machine-made. Absent if the recording contained nothing to answer."
          },
          "profile": {
            "type": "string",
            "description": "The profile in force; empty: none."
          }
        }
      },
      "StoreKind": {
        "type": "string",
        "description": "A kind of store.\n\n`STORE_KIND_UNSPECIFIED`: Unspecified: nothing is stored.\n\n`STORE_KIND_MEMORY`: The memory of this process.\n\n`STORE_KIND_REDIS`: Redis.\n\n`STORE_KIND_FOLDER`: A folder.\n\n`STORE_KIND_S3`: A bucket of an S3 server.",
        "enum": [
          "STORE_KIND_UNSPECIFIED",
          "STORE_KIND_MEMORY",
          "STORE_KIND_REDIS",
          "STORE_KIND_FOLDER",
          "STORE_KIND_S3"
        ]
      },
      "StoreStatus": {
        "type": "object",
        "description": "Where something is stored.",
        "properties": {
          "kind": {
            "$ref": "#/components/schemas/StoreKind",
            "description": "The kind of store."
          },
          "ready": {
            "type": "boolean",
            "description": "Whether the store can be reached."
          },
          "message": {
            "type": "string",
            "description": "A limitation of the store, in a sentence: for example, what is stored in this process's memory is lost when the process ends. Empty: none."
          }
        }
      },
      "StoredAudio": {
        "type": "object",
        "description": "A speech file that is kept for a limited time.",
        "properties": {
          "url": {
            "type": "string",
            "description": "Where to fetch the file: by GET, range requests included, without credentials. Anyone who has the URL can hear it."
          },
          "expireTime": {
            "type": "string",
            "format": "date-time",
            "description": "When the URL expires. The file may be kept for longer."
          },
          "durationMs": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "The duration of the audio in milliseconds."
          },
          "encoding": {
            "$ref": "#/components/schemas/OutputEncoding",
            "description": "The file format."
          },
          "sampleRateHertz": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "The sample rate in hertz."
          },
          "byteCount": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "The size of the file in bytes."
          },
          "marked": {
            "$ref": "#/components/schemas/Marking",
            "description": "How the speech is marked as machine-made."
          }
        }
      },
      "SubmitChatRequest": {
        "type": "object",
        "description": "A question to be answered in the background.",
        "properties": {
          "chat": {
            "$ref": "#/components/schemas/ChatRequest",
            "description": "The question, without `session_id`."
          },
          "requestId": {
            "type": "string",
            "description": "Makes it safe to send the request again: as long as the job is kept, there is only one for a caller and `request_id`. 1 to 64 of `A-Z a-z 0-9 . _ -`; INVALID_ARGUMENT if it was used with another question. Empty: each call creates a job."
          }
        }
      },
      "SubmitChatResponse": {
        "type": "object",
        "description": "The job was accepted.",
        "properties": {
          "job": {
            "$ref": "#/components/schemas/Job",
            "description": "The current state of the job."
          }
        }
      },
      "TextDelta": {
        "type": "object",
        "description": "More of the answer as written.",
        "properties": {
          "text": {
            "type": "string",
            "description": "Never empty; whole code points. The deltas joined are the turn's written text."
          }
        }
      },
      "Thinking": {
        "type": "object",
        "description": "The model thinks before it answers. Its reasoning is never sent.",
        "properties": {
          "elapsedMs": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "How long it has been thinking, in milliseconds."
          },
          "done": {
            "type": "boolean",
            "description": "Whether it has finished thinking; text or `finished` follows."
          }
        }
      },
      "ThinkingMode": {
        "type": "string",
        "description": "Whether a model thinks before it answers.\n\n`THINKING_MODE_UNSPECIFIED`: Off, which is best for speech.\n\n`THINKING_MODE_OFF`: Off, if the model server can turn it off.\n\n`THINKING_MODE_ON`: Whatever the model does by default.",
        "enum": [
          "THINKING_MODE_UNSPECIFIED",
          "THINKING_MODE_OFF",
          "THINKING_MODE_ON"
        ]
      },
      "Timings": {
        "type": "object",
        "description": "When things happened, in milliseconds since the request arrived at the edge; unset if they did not happen.",
        "properties": {
          "admittedMs": {
            "type": "number",
            "description": "When the voice had admitted the turn."
          },
          "firstTextMs": {
            "type": "number",
            "description": "When the first text arrived (TTFT)."
          },
          "firstAudioMs": {
            "type": "number",
            "description": "When the first audio arrived (TTFA)."
          },
          "totalMs": {
            "type": "number",
            "description": "When the turn ended."
          },
          "phases": {
            "type": "array",
            "description": "What the caller waited for until the first audio: each phase once, in the order of PhaseKind's numbers. The phases add up to `first_audio_ms`. Empty if there was no audio.",
            "items": {
              "$ref": "#/components/schemas/Phase"
            }
          },
          "transcriptMs": {
            "type": "number",
            "description": "When the transcript was complete, if the question was a recording."
          }
        }
      },
      "TranscribeRequest": {
        "type": "object",
        "description": "A recording to be transcribed.",
        "properties": {
          "audio": {
            "$ref": "#/components/schemas/AudioInput",
            "description": "The transcript of the recording."
          },
          "language": {
            "type": "string",
            "description": "The spoken language, as a BCP 47 tag. A recognizer that has to guess sometimes mistakes the language of a short utterance. Empty: the language of the profile, or else of the deployment, or else the one that the recognizer detects."
          },
          "hints": {
            "type": "string",
            "description": "Names and terms that may occur, at most 1,000 characters, for recognizers that accept a hint."
          },
          "profile": {
            "type": "string",
            "description": "As in ConverseRequest; sets the language and limits."
          }
        }
      },
      "TranscribeResponse": {
        "type": "object",
        "description": "The transcript of the recording.",
        "properties": {
          "text": {
            "type": "string",
            "description": "The transcript; empty if the recording contains no speech."
          },
          "language": {
            "type": "string",
            "description": "The spoken language, as a BCP 47 tag; empty if not known."
          },
          "durationMs": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "The duration of the recording in milliseconds; 0 if not known."
          },
          "speechMs": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "The duration of speech in it, in milliseconds; 0 if not known, or if there is none."
          }
        }
      },
      "Transcript": {
        "type": "object",
        "description": "The transcript of a recording.",
        "properties": {
          "text": {
            "type": "string",
            "description": "The transcript; empty if the recording contains no speech."
          },
          "final": {
            "type": "boolean",
            "description": "Whether the transcript is the user's message and will not change any more. A transcript that is not final is replaced by the next one."
          },
          "language": {
            "type": "string",
            "description": "The spoken language, as a BCP 47 tag; empty if not known."
          },
          "speechMs": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "The duration of speech in the recording, in milliseconds; 0 if not known, or if there is none."
          }
        }
      },
      "TurnError": {
        "type": "object",
        "description": "Why a turn failed after it had started.",
        "properties": {
          "code": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "The number of a gRPC code, as in `google.rpc.Code`."
          },
          "reason": {
            "type": "string",
            "description": "The reason for programs: a constant such as `ENGINE_STALLED`."
          },
          "message": {
            "type": "string",
            "description": "A sentence for people. Details that only operators can use are in the deployment's log."
          },
          "retryDelayMs": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "If set, a retry after this many milliseconds may succeed."
          }
        }
      },
      "Usage": {
        "type": "object",
        "description": "Token counts of the answer.",
        "properties": {
          "promptTokens": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "Tokens of the prompt."
          },
          "cachedTokens": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "How many prompt tokens were found in the engine's prefix cache; also 0 if the engine does not report this."
          },
          "completionTokens": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "Tokens that the model wrote."
          }
        }
      },
      "Voice": {
        "type": "object",
        "description": "A voice.",
        "properties": {
          "name": {
            "type": "string",
            "description": "The value for `voice` in a request: the engine and its name for the voice, such as `fish/emma`."
          },
          "displayName": {
            "type": "string",
            "description": "A name to display."
          },
          "languages": {
            "type": "array",
            "description": "Languages that it is known to speak, as BCP 47 tags; empty if not known.",
            "items": {
              "type": "string"
            }
          },
          "engine": {
            "type": "string",
            "description": "The engine that speaks it."
          }
        }
      },
      "Warning": {
        "type": "object",
        "description": "Part of the text is not heard as written.",
        "properties": {
          "reason": {
            "$ref": "#/components/schemas/WarningReason",
            "description": "The reason."
          },
          "start": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "The index, in the written text, of the first code point that the warning is about."
          },
          "end": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "The index after the last code point that the warning is about."
          }
        }
      },
      "WarningReason": {
        "type": "string",
        "description": "Why a part of the text is not heard as written.\n\n`WARNING_REASON_UNSPECIFIED`: Unspecified.\n\n`WARNING_REASON_SEGMENT_FAILED`: The engine failed twice on this segment, or after its audio had begun.\n\n`WARNING_REASON_AUDIO_SUSPECT`: The audio looked wrong for its text even after a second attempt, and was sent anyway.\n\n`WARNING_REASON_NOT_SPOKEN`: Nothing in this range can be spoken, such as a code block. If the range is empty, the model wrote something at this point that is not part of the answer, such as a tool call, and it was removed.\n\n`WARNING_REASON_VOICE_SUBSTITUTED`: The voice's engine cannot speak: from this range on, the substitute voice that the operator configured speaks. The segments name it in `voice`.\n\n`WARNING_REASON_NOT_RESUMABLE`: Everything is heard as written, but the events of the turn are no longer stored, so the turn cannot be resumed: if the connection is lost from now on, the turn stops. The range is empty.",
        "enum": [
          "WARNING_REASON_UNSPECIFIED",
          "WARNING_REASON_SEGMENT_FAILED",
          "WARNING_REASON_AUDIO_SUSPECT",
          "WARNING_REASON_NOT_SPOKEN",
          "WARNING_REASON_VOICE_SUBSTITUTED",
          "WARNING_REASON_NOT_RESUMABLE"
        ]
      }
    }
  }
};
