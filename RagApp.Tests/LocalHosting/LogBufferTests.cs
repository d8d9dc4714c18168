using Aspire.Hosting.Run;
using Shouldly;
using Xunit;

namespace RagApp.Tests.LocalHosting;

public sealed class LogBufferTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Add_MoreThanCapacity_KeepsTheLastLinesWithTheirNumbers()
    {
        var buffer = new LogBuffer();

        for (var i = 1; i <= LogBuffer.Capacity + 10; i++)
            buffer.Add($"line {i}", isError: false);

        var lines = await buffer.WatchAsync(follow: false, Cancelled).FirstAsync(Cancelled);
        lines.Count.ShouldBe(LogBuffer.Capacity);
        lines[0].ShouldBe(new LogLine(11, "line 11", IsError: false));
    }

    [Fact]
    public async Task Watch_LineAddedLater_Follows()
    {
        var buffer = new LogBuffer();
        buffer.Add("first", isError: false);
        await using var watch = buffer.WatchAsync(follow: true, Cancelled).GetAsyncEnumerator(Cancelled);
        await watch.MoveNextAsync();

        var next = watch.MoveNextAsync();
        next.IsCompleted.ShouldBeFalse();
        buffer.Add("second", isError: true);

        (await next).ShouldBeTrue();
        watch.Current.ShouldHaveSingleItem().ShouldBe(new LogLine(2, "second", IsError: true));
    }
}
