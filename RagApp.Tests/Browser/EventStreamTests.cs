using RagApp.Tests.EndToEnd;

namespace RagApp.Tests.Browser;

public sealed class EventStreamTests(RunningApp app, Chromium chromium) : BrowserTests(app, chromium)
{
    /// <summary>
    /// Script that feeds the event stream to the page's parser in two pieces, cut at every byte in turn, and returns the cuts
    /// whose result differs from the uncut stream's.
    /// </summary>
    private const string CutEverywhere =
        """
        async (text) => {
          const { serverSentEvents } = await import('/js/sse.js');
          const bytes = new TextEncoder().encode(text);
          const read = async (...pieces) => {
            const body = new ReadableStream({ start(stream) { for (const piece of pieces) stream.enqueue(piece); stream.close(); } });
            const events = [];
            for await (const { event, data } of serverSentEvents(body)) events.push(`${event}=${data}`);
            return events.join('|');
          };
          const whole = await read(bytes);
          const different = [];
          for (let at = 1; at < bytes.length; at++) {
            const events = await read(bytes.subarray(0, at), bytes.subarray(at));
            if (events !== whole) different.push(`${at}: ${events}`);
          }
          return [whole, ...different];
        }
        """;

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public async Task Parse_CutAtAnyByte_YieldsTheSameEvents(string newLine)
    {
        string[] lines = [": a comment", "event: token", "data: {\"text\":\"Zürich 🚲\"}", "", "data:first", "data: second", "", "event: done", "data: {}", "", ""];

        var events = await Page.EvaluateAsync<string[]>(CutEverywhere, string.Join(newLine, lines));

        events.ShouldBe(["token={\"text\":\"Zürich 🚲\"}|message=first\nsecond|done={}"]);
    }

    [Fact]
    public async Task Parse_EndInsideAnEvent_DropsIt()
    {
        var events = await Page.EvaluateAsync<string[]>(CutEverywhere, "event: token\ndata: whole\n\nevent: token\ndata: ha");

        events.ShouldBe(["token=whole"]);
    }
}
