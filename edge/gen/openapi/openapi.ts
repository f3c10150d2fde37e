// OpenAPI 3.1 of the edge, of the contract and edge/faces/openapi/plugin/paths.yaml.
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
        "description": "Answers a question, written or spoken, in text and speech.",
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
            "description": "One event a line. A failure once it has begun is the last line, `{\"error\": …}`. Whoever accepts a sound first gets a file that plays.",
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
        "description": "Speaks a given text; no model is asked.",
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
            "description": "One event a line. A failure once it has begun is the last line, `{\"error\": …}`. Whoever accepts a sound first gets a file that plays.",
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
        "description": "Goes on with a turn of Converse or Speak whose connection was lost: the events behind the last that arrived, none lost and none repeated, and then those that are still made, to `finished`. Any edge answers it, as often as it is asked, while the turn runs and for two minutes after its end. Only a turn whose `started` says `resumable` can be resumed: NOT_FOUND for any other, and for one that is over for too long; DATA_LOSS, with the reason LOG_INCOMPLETE, where events behind `after_sequence` were not kept.",
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
            "description": "One event a line. A failure once it has begun is the last line, `{\"error\": …}`. Whoever accepts a sound first gets a file that plays.",
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
        "description": "Answers a question, and stores the speech of the whole answer, which its caller fetches by a URL without credentials until that expires. UNIMPLEMENTED where the deployment stores no speech. An answer that cannot be spoken to its end is a failure, and nothing of it is stored.",
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
        "description": "Takes a question that is answered in the background as Chat answers it, and returns at once. Whatever becomes of the process that works on it, the job is done once at least and its speech stored once. RESOURCE_EXHAUSTED while as many wait as may.",
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
        "description": "Tells what has become of a job. NOT_FOUND if there is none, or none any more.",
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
        "description": "Gives a job up, and stops its turn if it runs. Also right for one that has ended, which stays as it is. NOT_FOUND if there is none.",
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
        "description": "Writes down what is said in one utterance; no model is asked, and nothing of the recording is kept. A recording in which nobody speaks is answered by an empty text. UNIMPLEMENTED where the deployment has no recognizer of speech, UNAVAILABLE while that cannot be reached.",
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
        "description": "Stops a running turn at once and everywhere; its stream ends with `finished`, INTERRUPTED. A turn of a session may run on any edge, and until 30 s after its sound would be over `played` still says how far it was heard before its speech was stopped. NOT_FOUND if no such turn runs (it may have ended on its own).",
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
        "description": "Tells how far a turn has been heard, as often as the caller likes: the farthest counts, and what lies beyond what was sent is taken for its end. Taken until 30 s after its sound would be over, counted anew from each report; NOT_FOUND after that, and for a turn of no session.",
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
        "description": "Shows a conversation that is kept. NOT_FOUND if there is none, or none any more.",
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
        "description": "Lists a person's conversations, the newest first.",
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
        "description": "Forgets a conversation, all of it; a turn of it that runs is stopped. Also right if there is none.",
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
        "description": "Tells what this deployment is made of and how it does.",
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
            "description": "The segment's index."
          },
          "offset": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "Sample frames of this segment before these."
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
            "description": "Sample frames a second."
          },
          "channelCount": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "Channels, interleaved; 1 today."
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
            "description": "How it is written."
          },
          "sampleRateHertz": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "Sample frames a second of PCM_S16LE, 8,000 to 192,000; 0 for every other encoding, which says it itself."
          }
        }
      },
      "CancelJobRequest": {
        "type": "object",
        "description": "Names a job to be given up.",
        "properties": {
          "jobId": {
            "type": "string",
            "description": "`job.job_id`."
          }
        }
      },
      "CancelJobResponse": {
        "type": "object",
        "description": "It is given up, or had ended.",
        "properties": {
          "job": {
            "$ref": "#/components/schemas/Job",
            "description": "As it stands."
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
            "description": "As in ConverseRequest. Not in a job, which may be done more than once."
          },
          "userId": {
            "type": "string",
            "description": "As in ConverseRequest."
          },
          "output": {
            "$ref": "#/components/schemas/OutputFormat",
            "description": "How its speech is stored. Absent: as the deployment does."
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
            "description": "Names the turn that gave it."
          },
          "userId": {
            "type": "string",
            "description": "That of the request."
          },
          "text": {
            "type": "string",
            "description": "The answer as it is written."
          },
          "audio": {
            "$ref": "#/components/schemas/StoredAudio",
            "description": "Its speech."
          },
          "voice": {
            "type": "string",
            "description": "The voice that speaks, in full."
          },
          "model": {
            "type": "string",
            "description": "The model that answers."
          },
          "warnings": {
            "type": "array",
            "description": "What of the text is not heard as written.",
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
            "description": "Tokens, if the engine counted them."
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
        "description": "A shape that an answer is held to. `text_delta` carries the answer as it is written. An answer by `regex` or `choice` is spoken as any other; of one by `json_schema` the values are spoken, its names and marks never.\n\nshape: at most one of jsonSchema, regex, choice.",
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
            "description": "Which values of an answer by `json_schema` are spoken: the names that lead to them, joined by dots, such as `reply` or `steps.text`; a list on the way stands for all that it holds. At most 16. Empty: every text in it; true, false and null are never spoken, and figures only where they are named here. Each value is a sentence of its own.",
            "items": {
              "type": "string"
            }
          }
        }
      },
      "ConverseRequest": {
        "type": "object",
        "description": "One question. A connection lost in mid-turn stops the turn, unless `resume_window_ms` says otherwise, and so does a caller who closes his side of it, or who takes nothing of the answer while more is to be spoken (CLIENT_TOO_SLOW).",
        "properties": {
          "text": {
            "type": "string",
            "description": "What the user says: at least one letter or digit, at most 8,000 characters. Exactly one of `text` and `audio`."
          },
          "history": {
            "type": "array",
            "description": "The conversation before it, oldest first, at most 200 messages; the model sees it, nothing is kept. Not together with `session_id`.",
            "items": {
              "$ref": "#/components/schemas/Message"
            }
          },
          "instructions": {
            "type": "string",
            "description": "Instructions to the model. Empty: the deployment's own."
          },
          "language": {
            "type": "string",
            "description": "The language of the answer as a BCP 47 tag, such as `zh`, `en-US` or `ja`; decides how numbers are read. Empty: told from the question and from the answer."
          },
          "voice": {
            "type": "string",
            "description": "A voice of ListVoices. Without its engine: the default engine's voice of that name, or that of the first engine that has one. Empty: the default voice."
          },
          "generation": {
            "$ref": "#/components/schemas/GenerationOptions",
            "description": "How the answer is written."
          },
          "sessionId": {
            "type": "string",
            "description": "The conversation that this question belongs to, 1 to 64 of `A-Z a-z 0-9 . _ -`, chosen by the caller; begun if there is none. What is asked, and what is heard of the answer, is kept with it, and the model sees what was kept before. A turn of it that still runs is stopped first. UNAVAILABLE while conversations cannot be kept. Empty: nothing is kept."
          },
          "userId": {
            "type": "string",
            "description": "The person who asks, up to 128 of `A-Z a-z 0-9 . _ @ : -`: their conversations are listed by it, and those of another person are refused with PERMISSION_DENIED. Where the caller's credentials name a person, that one counts instead."
          },
          "profile": {
            "type": "string",
            "description": "Which assistant answers: the id of a profile of the deployment, as GetStatus lists them. What the request says itself goes first, save that the profile's limits hold and its instructions stand before those of the request. A session keeps the profile that it was begun with: FAILED_PRECONDITION for another one. INVALID_ARGUMENT for one that does not exist, PERMISSION_DENIED for one that the caller may not use. Empty: the session's, else the default of the caller's credentials, else none."
          },
          "requestId": {
            "type": "string",
            "description": "Kept for what comes next, so that two works never take one number. Names this request, so that to send it again asks nothing twice: 1 to 64 of `A-Z a-z 0-9 . _ -`, best a random UUID. For a day whoever sends it again with the same fields gets the same turn, as Resume gives it, from its first event: while it runs, and for two minutes after its end; then FAILED_PRECONDITION, with the reason ALREADY_DONE. INVALID_ARGUMENT with other fields. A turn that was refused, or left before `started` without a window, is forgotten, and begins anew. UNAVAILABLE while turns cannot be kept. Empty: every request is a new one."
          },
          "resumeWindowMs": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "What a lost connection means, in milliseconds, at most 300,000. 0: it stops the turn. More: the turn goes on for so long without a reader, and Resume continues its stream within that time. `started` says whether that is so: where turns cannot be kept the turn runs all the same."
          },
          "opener": {
            "$ref": "#/components/schemas/OpenerMode",
            "description": "Where the first sound of the answer comes from. UNSPECIFIED: as the profile says, else as the deployment does."
          },
          "skipAnswerCache": {
            "type": "boolean",
            "description": "Asks the model, though the deployment may have the answer to this question."
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
            "description": "A shape that the answer is held to. Absent: free text. An answer of another shape ends the turn as FAILED."
          },
          "audio": {
            "$ref": "#/components/schemas/AudioInput",
            "description": "What the user says, as a recording of one utterance; it saves the round trip of Transcribe. It is written down before `started`, so that a failure of the recognizer is the call's status, and `transcript` follows `started`. Where nobody speaks in it, no model and no voice is asked, nothing is kept, and the turn ends with NO_SPEECH. `language` tells which language to expect."
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
            "description": "Counts from 1 within the turn, no gaps; 0 for a heartbeat."
          },
          "started": {
            "$ref": "#/components/schemas/Started",
            "description": "The turn is accepted by model and voice; the first event."
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
            "description": "Something of the text is not heard as written; the turn goes on."
          },
          "finished": {
            "$ref": "#/components/schemas/Finished",
            "description": "The turn is over; the last event."
          },
          "heartbeat": {
            "$ref": "#/components/schemas/Heartbeat",
            "description": "Nothing else happened for a while, before `started` too; its `sequence` is 0."
          },
          "thinking": {
            "$ref": "#/components/schemas/Thinking",
            "description": "The model thinks, or has ended to."
          },
          "transcript": {
            "$ref": "#/components/schemas/Transcript",
            "description": "What was understood of the recording that was sent; follows `started`. Partial ones, should they come, are the only event besides a heartbeat that may stand before `started`."
          }
        }
      },
      "DeleteSessionRequest": {
        "type": "object",
        "description": "Names a conversation to be forgotten.",
        "properties": {
          "sessionId": {
            "type": "string",
            "description": "As in ConverseRequest."
          }
        }
      },
      "DeleteSessionResponse": {
        "type": "object",
        "description": "It is forgotten.",
        "properties": {}
      },
      "EngineStatus": {
        "type": "object",
        "description": "How one engine does.",
        "properties": {
          "name": {
            "type": "string",
            "description": "What this deployment calls it, such as `fish`."
          },
          "ready": {
            "type": "boolean",
            "description": "Whether it takes work."
          }
        }
      },
      "FinishReason": {
        "type": "string",
        "description": "Why the text of an answer ended.\n\n`FINISH_REASON_UNSPECIFIED`: Not told, or no text was written.\n\n`FINISH_REASON_STOP`: The model ended the answer.\n\n`FINISH_REASON_LENGTH`: The limit of tokens was reached: the answer is cut short.\n\n`FINISH_REASON_REPETITION`: The engine saw the model repeat itself and stopped it.\n\n`FINISH_REASON_TOOL_CALLS`: The model calls tools and waits for what they return. Only where a request gave it tools.",
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
            "description": "Why, if FAILED."
          },
          "finishReason": {
            "$ref": "#/components/schemas/FinishReason",
            "description": "Why the answer's text ended, if it did."
          },
          "usage": {
            "$ref": "#/components/schemas/Usage",
            "description": "Tokens, if the engine counted them."
          },
          "timings": {
            "$ref": "#/components/schemas/Timings",
            "description": "Where the time went."
          }
        }
      },
      "GenerationOptions": {
        "type": "object",
        "description": "How an answer is written. What is left unset is the deployment's default.",
        "properties": {
          "maxTokens": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "The most tokens to write, 1 to 8192."
          },
          "temperature": {
            "type": "number",
            "description": "0 (greedy) to 2."
          },
          "topP": {
            "type": "number",
            "description": "Above 0, up to 1."
          },
          "seed": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "Makes sampling repeatable as far as the engine allows."
          },
          "thinking": {
            "$ref": "#/components/schemas/ThinkingMode",
            "description": "Whether the model may think before it answers. What it thinks is neither text nor speech."
          }
        }
      },
      "GetJobRequest": {
        "type": "object",
        "description": "Names a job.",
        "properties": {
          "jobId": {
            "type": "string",
            "description": "`job.job_id`."
          }
        }
      },
      "GetJobResponse": {
        "type": "object",
        "description": "What has become of a job.",
        "properties": {
          "job": {
            "$ref": "#/components/schemas/Job",
            "description": "As it stands."
          }
        }
      },
      "GetSessionRequest": {
        "type": "object",
        "description": "Names a conversation.",
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
            "description": "What it is called, whose it is, and when."
          },
          "messages": {
            "type": "array",
            "description": "What was said, oldest first.",
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
        "description": "What this deployment is made of and how it does.",
        "properties": {
          "version": {
            "type": "string",
            "description": "Duet's version."
          },
          "generate": {
            "$ref": "#/components/schemas/ServiceStatus",
            "description": "The language model's side."
          },
          "synthesize": {
            "$ref": "#/components/schemas/ServiceStatus",
            "description": "The voice's side."
          },
          "turnCount": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "Turns running in this process."
          },
          "script": {
            "$ref": "#/components/schemas/Script",
            "description": "Set if a scripted stand-in answers instead of a model: what it can be asked."
          },
          "sessions": {
            "$ref": "#/components/schemas/StoreStatus",
            "description": "Where conversations are kept, and how long that lasts."
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
            "description": "Where the first sound of an answer comes from, where neither request nor profile says. UNSPECIFIED: Synthesize does not tell."
          },
          "cache": {
            "$ref": "#/components/schemas/SpeechCache",
            "description": "Speech that is kept to be heard again. Absent: none is, or Synthesize does not tell."
          },
          "transcribe": {
            "$ref": "#/components/schemas/ServiceStatus",
            "description": "Whoever writes down what is said. Absent: the deployment takes no recordings."
          },
          "resume": {
            "$ref": "#/components/schemas/StoreStatus",
            "description": "Where the events of turns are kept for Resume, and how long that lasts."
          },
          "audio": {
            "$ref": "#/components/schemas/StoreStatus",
            "description": "Where speech is stored. Absent: nowhere, and neither Chat nor jobs are answered."
          },
          "jobs": {
            "$ref": "#/components/schemas/StoreStatus",
            "description": "Where jobs wait. Absent: none are taken."
          },
          "traced": {
            "type": "boolean",
            "description": "Whether turns are traced: a player that sends a `traceparent` of its own with a turn, and with the reports of how it was heard, begins its trace."
          }
        }
      },
      "Heartbeat": {
        "type": "object",
        "description": "Nothing else happened for a while: the turn goes on. Keeps proxies from cutting the stream; there is nothing to do about it.",
        "properties": {}
      },
      "InputEncoding": {
        "type": "string",
        "description": "How a recording is written. WAV and PCM are looked at here: what holds no speech is sent to no recognizer. The rest is passed on as it is, where the recognizer takes it.\n\n`INPUT_ENCODING_UNSPECIFIED`: Told from its first bytes: WAV, OGG_OPUS, WEBM_OPUS, MP3 or FLAC.\n\n`INPUT_ENCODING_WAV`: A RIFF WAVE file of 16-bit PCM, mono or stereo, of any rate.\n\n`INPUT_ENCODING_PCM_S16LE`: Bare 16-bit samples, little-endian, mono, at `sample_rate_hertz`.\n\n`INPUT_ENCODING_OGG_OPUS`: Opus in Ogg.\n\n`INPUT_ENCODING_WEBM_OPUS`: Opus in WebM, as MediaRecorder writes it.\n\n`INPUT_ENCODING_MP3`: MPEG audio layer III.\n\n`INPUT_ENCODING_FLAC`: FLAC.",
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
        "description": "Names a turn to stop.",
        "properties": {
          "turnId": {
            "type": "string",
            "description": "`started.turn_id`."
          },
          "played": {
            "$ref": "#/components/schemas/Position",
            "description": "How far it was heard. Absent: as far as was reported last, or else as far as it can have been heard by now."
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
            "description": "Names it."
          },
          "state": {
            "$ref": "#/components/schemas/JobState",
            "description": "How far it is."
          },
          "attempts": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "How often it was begun."
          },
          "result": {
            "$ref": "#/components/schemas/ChatResponse",
            "description": "What came of it, if SUCCEEDED; its URL is made anew for each call."
          },
          "error": {
            "$ref": "#/components/schemas/TurnError",
            "description": "Why, if FAILED."
          },
          "createTime": {
            "type": "string",
            "format": "date-time",
            "description": "When it was taken."
          },
          "updateTime": {
            "type": "string",
            "format": "date-time",
            "description": "When its state changed last."
          },
          "expireTime": {
            "type": "string",
            "format": "date-time",
            "description": "When it is forgotten, if it has ended by then."
          }
        }
      },
      "JobState": {
        "type": "string",
        "description": "How far a job is.\n\n`JOB_STATE_UNSPECIFIED`: Not told.\n\n`JOB_STATE_QUEUED`: It waits to be begun, or to be begun again.\n\n`JOB_STATE_RUNNING`: It is being worked on.\n\n`JOB_STATE_SUCCEEDED`: Its answer is there.\n\n`JOB_STATE_FAILED`: It could not be done: what it asks is wrong, or it was begun as often as may be.\n\n`JOB_STATE_CANCELLED`: It was given up.",
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
            "description": "As in ConverseRequest. Empty: the person whom the credentials name, or else nobody's in particular."
          },
          "pageSize": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "The most to return, up to 100. 0: 20."
          },
          "pageToken": {
            "type": "string",
            "description": "`next_page_token` of the page before; empty: the first page."
          }
        }
      },
      "ListSessionsResponse": {
        "type": "object",
        "description": "A person's conversations.",
        "properties": {
          "sessions": {
            "type": "array",
            "description": "The newest first.",
            "items": {
              "$ref": "#/components/schemas/Session"
            }
          },
          "nextPageToken": {
            "type": "string",
            "description": "Asks for the next page; empty if this is the last."
          }
        }
      },
      "ListVoicesRequest": {
        "type": "object",
        "description": "Asks for the voices.",
        "properties": {
          "profile": {
            "type": "string",
            "description": "As in ConverseRequest: its voice is the default."
          }
        }
      },
      "ListVoicesResponse": {
        "type": "object",
        "description": "The voices there are.",
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
        "description": "How a turn's sound reached its listener, as the player knows it: what the network, the decoder and the player's buffer add.",
        "properties": {
          "firstSoundMs": {
            "type": "number",
            "description": "Milliseconds from the request to the first sound that left the speaker, 0 to 3,600,000; in one report of a turn."
          },
          "gapCount": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "Times that the sound broke off until more had come, at most 10,000. A pause is none."
          },
          "gapMs": {
            "type": "number",
            "description": "How long those gaps lasted in all, in milliseconds, 0 to 3,600,000."
          },
          "reportedMs": {
            "type": "number",
            "description": "Milliseconds from the request to this report, 0 to 3,600,000, beside `first_sound_ms`; absent: as many as those. If the report comes with the `traceparent` of the request, and that trace is recorded, the time until the first sound is its span there."
          }
        }
      },
      "Marking": {
        "type": "object",
        "description": "What marks speech as made by a machine, besides what the API says of it. Every file of it, WAV, MP3 and Ogg, says so in its metadata.",
        "properties": {
          "producer": {
            "type": "string",
            "description": "Who makes it, as the deployment names them; empty: not named."
          },
          "notice": {
            "type": "boolean",
            "description": "It begins with a notice that can be heard."
          },
          "watermark": {
            "type": "boolean",
            "description": "A watermark was put into its sound by a program of the deployment's."
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
        "description": "Where the first sound of an answer comes from: how far its text must have come before it is spoken.\n\n`OPENER_MODE_UNSPECIFIED`: Not said.\n\n`OPENER_MODE_SOFT`: Up to its first mark if that comes in time, else up to the best place between two words once there is enough to speak.\n\n`OPENER_MODE_WRITTEN`: Up to its first mark.\n\n`OPENER_MODE_LIST`: As SOFT. Besides, where the answer would be late, the model is asked to begin with one of the deployment's short openings, such as `Good question.`, whose sound is at hand.",
        "enum": [
          "OPENER_MODE_UNSPECIFIED",
          "OPENER_MODE_SOFT",
          "OPENER_MODE_WRITTEN",
          "OPENER_MODE_LIST"
        ]
      },
      "Outcome": {
        "type": "string",
        "description": "How a turn ended.\n\n`OUTCOME_UNSPECIFIED`: Not told.\n\n`OUTCOME_COMPLETED`: All was written and spoken.\n\n`OUTCOME_INTERRUPTED`: Interrupt, or the process drained past its limit.\n\n`OUTCOME_FAILED`: See `error`.\n\n`OUTCOME_NO_SPEECH`: Nobody speaks in the recording that was sent: there is nothing to answer. An ordinary end.",
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
        "description": "The form of a file of speech. Mono.\n\n`OUTPUT_ENCODING_UNSPECIFIED`: As the deployment does.\n\n`OUTPUT_ENCODING_WAV`: A RIFF WAVE file of 16-bit PCM.\n\n`OUTPUT_ENCODING_OGG_OPUS`: Opus in Ogg.\n\n`OUTPUT_ENCODING_MP3`: MPEG audio layer III.",
        "enum": [
          "OUTPUT_ENCODING_UNSPECIFIED",
          "OUTPUT_ENCODING_WAV",
          "OUTPUT_ENCODING_OGG_OPUS",
          "OUTPUT_ENCODING_MP3"
        ]
      },
      "OutputFormat": {
        "type": "object",
        "description": "How speech is written down.",
        "properties": {
          "encoding": {
            "$ref": "#/components/schemas/OutputEncoding",
            "description": "The form of the file."
          },
          "sampleRateHertz": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "Sample frames a second: 8000, 16000, 24000 or 48000, and of WAV and MP3 22050, 32000 and 44100 too. 0: 24000."
          }
        }
      },
      "Phase": {
        "type": "object",
        "description": "A part of what a turn's caller waits for.",
        "properties": {
          "kind": {
            "$ref": "#/components/schemas/PhaseKind",
            "description": "Which."
          },
          "ms": {
            "type": "number",
            "description": "How long, in milliseconds; 0 if the turn has nothing of the kind."
          }
        }
      },
      "PhaseKind": {
        "type": "string",
        "description": "What is waited for until the first audio.\n\n`PHASE_KIND_UNSPECIFIED`: Not said.\n\n`PHASE_KIND_EDGE`: What the edge does itself, such as to find the conversation.\n\n`PHASE_KIND_TRANSCRIBE`: What was said is written down.\n\n`PHASE_KIND_VOICE_ADMISSION`: The voice finds a place for the turn.\n\n`PHASE_KIND_MODEL_QUEUE`: The question waits for a place with the model.\n\n`PHASE_KIND_FIRST_TOKEN`: The model reads the conversation and writes its first token.\n\n`PHASE_KIND_THINKING`: The model thinks before it answers.\n\n`PHASE_KIND_FIRST_CLAUSE`: The model writes as much as is spoken alone.\n\n`PHASE_KIND_WORDS`: Its words as they are spoken are found.\n\n`PHASE_KIND_VOICE_QUEUE`: The first segment waits for a worker of the voice.\n\n`PHASE_KIND_ENGINE`: The worker makes its first sound.\n\n`PHASE_KIND_LEADING_SILENCE`: The silence that the sound begins with passes; it is cut off.\n\n`PHASE_KIND_SEND`: What is between: messages between the edge and the services, and what nobody else counts as theirs.",
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
        "description": "A place in the speech of a turn.",
        "properties": {
          "segment": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "A segment's index."
          },
          "offset": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "Sample frames of it that have left the speaker."
          }
        }
      },
      "Profile": {
        "type": "object",
        "description": "One of the assistants of a deployment.",
        "properties": {
          "id": {
            "type": "string",
            "description": "What `profile` takes in a request."
          },
          "displayName": {
            "type": "string",
            "description": "A name for people."
          },
          "voice": {
            "type": "string",
            "description": "The voice that speaks where a request names none; empty: the default voice."
          },
          "language": {
            "type": "string",
            "description": "The language of its answers as a BCP 47 tag, where a request names none; empty: told from the question and from the answer."
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
            "description": "How far."
          },
          "listened": {
            "$ref": "#/components/schemas/Listened",
            "description": "How it was heard, since the report before that was answered. Absent: the player does not say."
          }
        }
      },
      "ReportPlaybackResponse": {
        "type": "object",
        "description": "It was noted.",
        "properties": {}
      },
      "ResumeRequest": {
        "type": "object",
        "description": "Names a turn, and how far its events have arrived.",
        "properties": {
          "turnId": {
            "type": "string",
            "description": "`started.turn_id`."
          },
          "afterSequence": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "`sequence` of the last event that arrived; 0: none."
          }
        }
      },
      "ResumeResponse": {
        "type": "object",
        "description": "One event of a turn that is resumed; the same events as ConverseResponse.\n\nevent: at most one of started, textDelta, segment, audio, segmentDone, warning, finished, heartbeat, thinking, transcript.",
        "properties": {
          "sequence": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "As in the turn: it goes on behind `after_sequence`, no gaps; 0 for a heartbeat."
          },
          "started": {
            "$ref": "#/components/schemas/Started",
            "description": "The turn is accepted by model and voice; the first event."
          },
          "textDelta": {
            "$ref": "#/components/schemas/TextDelta",
            "description": "More of the answer as written; of a turn of Speak there is none."
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
            "description": "Something of the text is not heard as written; the turn goes on."
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
            "description": "The model thinks, or has ended to."
          },
          "transcript": {
            "$ref": "#/components/schemas/Transcript",
            "description": "What was understood of the recording that was sent."
          }
        }
      },
      "Role": {
        "type": "string",
        "description": "Who speaks in a conversation.\n\n`ROLE_UNSPECIFIED`: Not a role: refused.\n\n`ROLE_USER`: The person who asks.\n\n`ROLE_ASSISTANT`: The assistant.",
        "enum": [
          "ROLE_UNSPECIFIED",
          "ROLE_USER",
          "ROLE_ASSISTANT"
        ]
      },
      "Script": {
        "type": "object",
        "description": "A scripted stand-in answers; it knows these questions and says so to any other.",
        "properties": {
          "questions": {
            "type": "array",
            "description": "Questions it has an answer to.",
            "items": {
              "$ref": "#/components/schemas/ScriptQuestion"
            }
          },
          "setting": {
            "type": "string",
            "description": "The setting that plugs in a model, such as `DUET_VLLM_URL`."
          }
        }
      },
      "ScriptQuestion": {
        "type": "object",
        "description": "A question the scripted stand-in answers.",
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
        "description": "A segment of speech: one or more clauses that are spoken in one breath of the engine.",
        "properties": {
          "index": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "Counts from 0 within the turn, no gaps."
          },
          "start": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "First code point of the turn's written text that it covers."
          },
          "end": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "One past its last code point."
          },
          "spoken": {
            "type": "string",
            "description": "The text as it is spoken."
          },
          "spans": {
            "type": "array",
            "description": "Which written range each part of `spoken` speaks, in order, for captions.",
            "items": {
              "$ref": "#/components/schemas/Span"
            }
          },
          "source": {
            "$ref": "#/components/schemas/SegmentSource",
            "description": "Where its sound comes from."
          },
          "voice": {
            "type": "string",
            "description": "The voice that speaks it, in full: that of `started`, or its substitute."
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
            "description": "The segment's index."
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
        "description": "Where a segment's sound comes from.\n\n`SEGMENT_SOURCE_UNSPECIFIED`: Not said.\n\n`SEGMENT_SOURCE_ENGINE`: An engine made it for this text.\n\n`SEGMENT_SOURCE_CACHE`: It was made before, of the same words in the same voice.\n\n`SEGMENT_SOURCE_OPENER`: As CACHE, of a listed opening that the model was asked to begin with.",
        "enum": [
          "SEGMENT_SOURCE_UNSPECIFIED",
          "SEGMENT_SOURCE_ENGINE",
          "SEGMENT_SOURCE_CACHE",
          "SEGMENT_SOURCE_OPENER"
        ]
      },
      "ServiceStatus": {
        "type": "object",
        "description": "How one service does.",
        "properties": {
          "ready": {
            "type": "boolean",
            "description": "Whether it answers and takes work."
          },
          "message": {
            "type": "string",
            "description": "If not, why. What only people who run the deployment can use stands in its log, and at /readyz."
          },
          "engines": {
            "type": "array",
            "description": "The engines behind it, where they are known; a service is ready while one of them is.",
            "items": {
              "$ref": "#/components/schemas/EngineStatus"
            }
          }
        }
      },
      "Session": {
        "type": "object",
        "description": "A conversation that is kept.",
        "properties": {
          "sessionId": {
            "type": "string",
            "description": "As in ConverseRequest."
          },
          "userId": {
            "type": "string",
            "description": "The person whose it is; empty if that was not said."
          },
          "createTime": {
            "type": "string",
            "format": "date-time",
            "description": "When it began."
          },
          "updateTime": {
            "type": "string",
            "format": "date-time",
            "description": "When something was said last."
          },
          "expireTime": {
            "type": "string",
            "format": "date-time",
            "description": "When it is forgotten, unless something is said before."
          },
          "messageCount": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "How many messages it has."
          },
          "title": {
            "type": "string",
            "description": "The beginning of its first question, for lists."
          },
          "profile": {
            "type": "string",
            "description": "The profile that it was begun with, which its next turns have; empty: none."
          }
        }
      },
      "SessionMessage": {
        "type": "object",
        "description": "A message of a conversation that is kept.",
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
            "description": "How much of it was heard: one past the last code point. All of a question."
          },
          "interrupted": {
            "type": "boolean",
            "description": "It was stopped before its end."
          },
          "estimated": {
            "type": "boolean",
            "description": "`heard_end` was not reported, or lies inside a segment."
          },
          "running": {
            "type": "boolean",
            "description": "It is still being spoken."
          },
          "turnId": {
            "type": "string",
            "description": "The turn that it belongs to."
          },
          "createTime": {
            "type": "string",
            "format": "date-time",
            "description": "When it began."
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
            "description": "First code point in the turn's written text."
          },
          "end": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "One past the last code point in the written text."
          },
          "spokenStart": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "First code point in the segment's `spoken`."
          },
          "spokenEnd": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "One past the last code point in `spoken`; equal to `spoken_start` where nothing is spoken."
          },
          "weight": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "How long its speech is in comparison with other spans of the turn: a Chinese character or a syllable weighs 10. 0: nothing is spoken."
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
            "description": "As in ConverseRequest; empty: told from the text."
          },
          "voice": {
            "type": "string",
            "description": "As in ConverseRequest."
          },
          "sessionId": {
            "type": "string",
            "description": "As in ConverseRequest; the text is kept as the assistant's."
          },
          "userId": {
            "type": "string",
            "description": "As in ConverseRequest."
          },
          "profile": {
            "type": "string",
            "description": "As in ConverseRequest: whose voice, language, words and limits."
          },
          "opener": {
            "$ref": "#/components/schemas/OpenerMode",
            "description": "As in ConverseRequest; LIST is SOFT here, as no model can be asked to begin in a certain way."
          },
          "requestId": {
            "type": "string",
            "description": "Kept for what comes next, at the numbers that ConverseRequest has for the same. As in ConverseRequest."
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
        "description": "One event of a Speak turn; the same events as ConverseResponse, without `text_delta`.\n\nevent: at most one of started, segment, audio, segmentDone, warning, finished, heartbeat.",
        "properties": {
          "sequence": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "Counts from 1 within the turn, no gaps; 0 for a heartbeat."
          },
          "started": {
            "$ref": "#/components/schemas/Started",
            "description": "The turn is accepted by the voice; the first event."
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
            "description": "Something of the text is not heard as written; the turn goes on."
          },
          "finished": {
            "$ref": "#/components/schemas/Finished",
            "description": "The turn is over; the last event."
          },
          "heartbeat": {
            "$ref": "#/components/schemas/Heartbeat",
            "description": "Nothing else happened for a while, before `started` too; its `sequence` is 0."
          }
        }
      },
      "SpeechCache": {
        "type": "object",
        "description": "Speech that is kept to be heard again.",
        "properties": {
          "kind": {
            "$ref": "#/components/schemas/StoreKind",
            "description": "Where: MEMORY, or REDIS if it is also kept there for other processes."
          },
          "ready": {
            "type": "boolean",
            "description": "Whether what is shared can be reached; true if nothing is shared."
          },
          "bytes": {
            "type": "number",
            "description": "What Synthesize keeps in memory, in bytes: a double, which JSON and browsers have as a number."
          },
          "maxBytes": {
            "type": "number",
            "description": "The most that it keeps there."
          },
          "hitShare": {
            "type": "number",
            "description": "The share of clauses since the start whose speech was found, 0 to 1. Absent while none was looked for."
          }
        }
      },
      "Started": {
        "type": "object",
        "description": "The turn is accepted.",
        "properties": {
          "turnId": {
            "type": "string",
            "description": "Names the turn, for Interrupt."
          },
          "voice": {
            "type": "string",
            "description": "The voice that speaks, in full: `fish/emma`. Empty where nothing was said that could be answered."
          },
          "audioFormat": {
            "$ref": "#/components/schemas/AudioFormat",
            "description": "The format of every `audio` of this turn. Absent where nothing was said that could be answered."
          },
          "model": {
            "type": "string",
            "description": "The model that answers; empty for Speak."
          },
          "sessionId": {
            "type": "string",
            "description": "The conversation that it is kept with; empty: it is kept with none."
          },
          "resumable": {
            "type": "boolean",
            "description": "Whether Resume can continue this turn: `resume_window_ms` was asked for, and its events are kept. A warning tells if they no longer are."
          },
          "openerMode": {
            "$ref": "#/components/schemas/OpenerMode",
            "description": "Where the first sound of this turn comes from. LIST only if the model was asked to begin with a listed opening."
          },
          "fromCache": {
            "type": "boolean",
            "description": "The answer was made before, for the same question, or is being made for somebody else; what it took is not counted again."
          },
          "language": {
            "type": "string",
            "description": "The language in which figures are read, as a BCP 47 tag, where the request or its question told it; empty: the answer tells."
          },
          "marked": {
            "$ref": "#/components/schemas/Marking",
            "description": "What marks its speech as made by a machine. Absent where nothing was said that could be answered."
          },
          "profile": {
            "type": "string",
            "description": "The profile in force; empty: none."
          }
        }
      },
      "StoreKind": {
        "type": "string",
        "description": "What keeps something.\n\n`STORE_KIND_UNSPECIFIED`: Not told: nothing is kept.\n\n`STORE_KIND_MEMORY`: The memory of this process.\n\n`STORE_KIND_REDIS`: Redis.\n\n`STORE_KIND_FOLDER`: A folder.\n\n`STORE_KIND_S3`: A bucket of an S3 server.",
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
        "description": "Where something is kept.",
        "properties": {
          "kind": {
            "$ref": "#/components/schemas/StoreKind",
            "description": "What keeps it."
          },
          "ready": {
            "type": "boolean",
            "description": "Whether it answers."
          },
          "message": {
            "type": "string",
            "description": "What it cannot promise, in a sentence: what is kept in this process's memory is gone when it ends. Empty: nothing."
          }
        }
      },
      "StoredAudio": {
        "type": "object",
        "description": "A file of speech that is kept for a while.",
        "properties": {
          "url": {
            "type": "string",
            "description": "Where it is fetched: GET, also of a part of it (Range), without credentials. Whoever has the URL may hear it."
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
            "description": "How long the file plays, in milliseconds."
          },
          "encoding": {
            "$ref": "#/components/schemas/OutputEncoding",
            "description": "Its form."
          },
          "sampleRateHertz": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "Sample frames a second."
          },
          "byteCount": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "Its size in bytes."
          },
          "marked": {
            "$ref": "#/components/schemas/Marking",
            "description": "What marks it as made by a machine."
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
            "description": "Makes it safe to send the same again: of one caller and `request_id` there is one job, while it is kept. 1 to 64 of `A-Z a-z 0-9 . _ -`; INVALID_ARGUMENT if it came with another question. Empty: each call is a job."
          }
        }
      },
      "SubmitChatResponse": {
        "type": "object",
        "description": "The job was taken.",
        "properties": {
          "job": {
            "$ref": "#/components/schemas/Job",
            "description": "As it stands."
          }
        }
      },
      "TextDelta": {
        "type": "object",
        "description": "More of the answer as written.",
        "properties": {
          "text": {
            "type": "string",
            "description": "Never empty; whole code points. All deltas joined are the turn's written text."
          }
        }
      },
      "Thinking": {
        "type": "object",
        "description": "The model thinks before it answers. What it thinks is never sent.",
        "properties": {
          "elapsedMs": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "How long it has thought, in milliseconds."
          },
          "done": {
            "type": "boolean",
            "description": "It has ended to think; text follows, or `finished`."
          }
        }
      },
      "ThinkingMode": {
        "type": "string",
        "description": "Whether a model thinks before it answers.\n\n`THINKING_MODE_UNSPECIFIED`: Off, as a voice wants it.\n\n`THINKING_MODE_OFF`: Off, where the model server can turn it off.\n\n`THINKING_MODE_ON`: As the model does by itself.",
        "enum": [
          "THINKING_MODE_UNSPECIFIED",
          "THINKING_MODE_OFF",
          "THINKING_MODE_ON"
        ]
      },
      "Timings": {
        "type": "object",
        "description": "When things happened, in milliseconds since the request arrived at the edge; unset what did not happen.",
        "properties": {
          "admittedMs": {
            "type": "number",
            "description": "The voice had a place for the turn."
          },
          "firstTextMs": {
            "type": "number",
            "description": "First text (TTFT)."
          },
          "firstAudioMs": {
            "type": "number",
            "description": "First audio (TTFA)."
          },
          "totalMs": {
            "type": "number",
            "description": "The whole turn."
          },
          "phases": {
            "type": "array",
            "description": "What the caller waited for until the first audio: each phase once, in the order of their numbers. They add up to `first_audio_ms`. Empty without audio.",
            "items": {
              "$ref": "#/components/schemas/Phase"
            }
          },
          "transcriptMs": {
            "type": "number",
            "description": "What is said in the recording that was asked with was written down."
          }
        }
      },
      "TranscribeRequest": {
        "type": "object",
        "description": "A recording to be written down.",
        "properties": {
          "audio": {
            "$ref": "#/components/schemas/AudioInput",
            "description": "What was said."
          },
          "language": {
            "type": "string",
            "description": "The language that is spoken, as a BCP 47 tag. A recognizer that has to guess it takes a short utterance for another language now and then. Empty: that of the profile, else the deployment's, else the recognizer tells."
          },
          "hints": {
            "type": "string",
            "description": "Names and terms that may come up, at most 1,000 characters, for recognizers that take a hint."
          },
          "profile": {
            "type": "string",
            "description": "As in ConverseRequest: whose language and limits."
          }
        }
      },
      "TranscribeResponse": {
        "type": "object",
        "description": "What was said.",
        "properties": {
          "text": {
            "type": "string",
            "description": "The words; empty if nobody speaks in the recording."
          },
          "language": {
            "type": "string",
            "description": "The language that is spoken, as a BCP 47 tag; empty if it is not told."
          },
          "durationMs": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "How long the recording is, in milliseconds; 0 if that is not known."
          },
          "speechMs": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "How much of it is speech, in milliseconds; 0 if that is not known, or there is none."
          }
        }
      },
      "Transcript": {
        "type": "object",
        "description": "What was understood of a recording.",
        "properties": {
          "text": {
            "type": "string",
            "description": "The words; empty if nobody speaks in it."
          },
          "final": {
            "type": "boolean",
            "description": "They are the user's message, and do not change any more. One that is not final replaces the one before it."
          },
          "language": {
            "type": "string",
            "description": "The language that is spoken, as a BCP 47 tag; empty if it is not told."
          },
          "speechMs": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "How much of the recording is speech, in milliseconds; 0 if that is not known, or there is none."
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
            "description": "A gRPC code's number, as `google.rpc.Code`."
          },
          "reason": {
            "type": "string",
            "description": "A constant such as `ENGINE_STALLED`, for programs."
          },
          "message": {
            "type": "string",
            "description": "A sentence for people. What only people who run the deployment can use stands in its log."
          },
          "retryDelayMs": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "If set, trying again after this long, in milliseconds, may work."
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
            "description": "Of these, found in the engine's prefix cache; 0 too if the engine does not tell."
          },
          "completionTokens": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "Tokens written."
          }
        }
      },
      "Voice": {
        "type": "object",
        "description": "A voice.",
        "properties": {
          "name": {
            "type": "string",
            "description": "What `voice` takes in a request: the engine and what it calls the voice, such as `fish/emma`."
          },
          "displayName": {
            "type": "string",
            "description": "A name for people."
          },
          "languages": {
            "type": "array",
            "description": "Languages it is known to speak, as BCP 47 tags; empty if not known.",
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
        "description": "Something of the text is not heard as written.",
        "properties": {
          "reason": {
            "$ref": "#/components/schemas/WarningReason",
            "description": "What kind."
          },
          "start": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "First code point of the written text concerned."
          },
          "end": {
            "type": "integer",
            "minimum": 0,
            "maximum": 4294967295,
            "description": "One past the last code point."
          }
        }
      },
      "WarningReason": {
        "type": "string",
        "description": "Why a part of the text is not heard as written.\n\n`WARNING_REASON_UNSPECIFIED`: Not told.\n\n`WARNING_REASON_SEGMENT_FAILED`: The engine failed on this segment twice, or after its sound had begun.\n\n`WARNING_REASON_AUDIO_SUSPECT`: The audio looked wrong for its text and was sent all the same after a second try.\n\n`WARNING_REASON_NOT_SPOKEN`: Nothing of this range can be spoken, such as a code block. An empty range: the model wrote something there that is no part of the answer, such as the call of a tool, and it was left out.\n\n`WARNING_REASON_VOICE_SUBSTITUTED`: From this range on the engine of the voice cannot speak, and the substitute that the operator named does. Its `segment` names it.\n\n`WARNING_REASON_NOT_RESUMABLE`: All is heard as written, but the events of the turn are kept no longer, so that it cannot be resumed: a connection lost from here on stops it. Its range is empty.",
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
