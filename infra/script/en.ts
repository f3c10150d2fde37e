import type { ScriptQuestion } from "./question.ts";

/** The English questions that the stand-in for vLLM can answer, with their answers. */
export const englishQuestions: readonly ScriptQuestion[] = [
  {
    language: "en",
    label: "What is this?",
    question: "What is Duet?",
    answer: `I am Duet, an assistant that talks. Right now a written script answers you, so there is no model behind this and no graphics card either.

The real Duet lets two engines play together: a language model writes, and a voice engine speaks. While the next sentence is still being written, you already hear the one before it, and so the first sound comes after about a quarter of a second.

You can interrupt me at any time, and I stop at once. To plug in a real model, set DUET_VLLM_URL. Nothing else changes.`,
  },
  {
    language: "en",
    label: "Numbers and prices",
    question: "Read me something with prices, percentages, dates and times.",
    answer: `Sure, here is a small café in numbers. A coffee is $4.50 and a sandwich is $9.25. Take both and you get 20% off, which makes $11.00 in all.

Last year the café sold $1,286,000 worth of food and drink, up 12.5% on the year before. About 37% of that was takeaway.

From March 1, 2026, it opens at 7:30 a.m. on weekdays and closes at 9:00 p.m.; on weekends it opens an hour later, at 8:30. To book a table for up to 6 people, call 555-0142.`,
  },
  {
    language: "en",
    label: "A list",
    question: "What should I pack for a day in the mountains?",
    answer: `Five things will do.

1. **Shoes** with a good grip, and not brand new: new shoes bite.
2. **Water**, three pints each, and one more if it is hot.
3. **Food** that is light and keeps you going, such as bread, nuts and some chocolate.
4. **A jacket** that stops the wind. It is colder up there than it looks.
5. **A headlamp**. The way down often takes longer than you think.

And tell a friend who stays at home where you go, and when you mean to be back.`,
  },
  {
    language: "en",
    label: "A table",
    question: "How can I get to the airport? Compare the ways.",
    answer: `There are three ways, and they differ a lot.

| Way | Time | Price | Good for |
| --- | --- | --- | --- |
| Subway | 70 minutes | $2.75 | light bags and no hurry |
| Express train | 35 minutes | $12 | peace of mind |
| Taxi | 45 minutes | $58 | a group with luggage |

In the rush hour a taxi can take an hour and a half. Then the express train is the safe choice.`,
  },
  {
    language: "en",
    label: "A longer story",
    question: "Tell me a longer story.",
    answer: `Once there was a lighthouse at the edge of a small town. Its keeper, old Mr. Lind, had lived there for forty years. He lit the lamp every evening and put it out every morning, and he had never once been late.

The children of the town loved his stories about ships. No two horns sound alike, he used to say. One is like a cow, another like a sigh, and if you listen long enough, you know with your eyes closed who is coming home. A girl named May listened more closely than all the others. Her father was on a blue fishing boat, and he was often away for a month.

One autumn night, a fog came in. It was so thick that even from the top of the tower nobody could see where the light fell. Mr. Lind walked up and down. He knew that the blue boat was due that night, and his lamp was of no use.

Then May came running up the stairs with an old brass bell in her arms. "If they can't see us," she said, "let them hear us." The old man stared at her, and then he laughed. So the two of them stood in the wind and rang: three strokes, a pause, and three strokes again. When their arms grew tired, they changed hands, and neither of them said a word.

Nobody knows how long they rang. But at last, from somewhere in the fog, a horn answered, low and soft, like a sigh. "That's my father!" cried May. They rang louder, and the horn came closer and closer, until one small light slipped out of the grey.

Seven boats came home that night, and all of them had followed the bell.

Years later the lighthouse got a new lamp, and Mr. Lind moved down the hill. But the bell still hangs by the harbor. When a fog comes in, somebody always goes to ring it: three strokes, a pause, and three strokes again.`,
  },
  {
    language: "en",
    label: "Some code",
    question: "Write a Fibonacci function in Python.",
    answer: `Here you go, in its simplest form.

\`\`\`python
def fibonacci(n: int) -> int:
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a
\`\`\`

It starts with zero and one, and each step moves both numbers forward. So \`fibonacci(10)\` gives 55. Because it loops and does not call itself, even the thousandth number takes no time at all.`,
  },
];
