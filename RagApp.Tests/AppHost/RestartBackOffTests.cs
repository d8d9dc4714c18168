using RagApp.AppHost.Running;

namespace RagApp.Tests.AppHost;

public sealed class RestartBackOffTests
{
    private static readonly TimeSpan Crash = TimeSpan.FromSeconds(2);

    [Fact]
    public void Next_CrashAfterCrash_DoublesUpToTheLongest()
    {
        var backOff = new RestartBackOff();

        var delays = Enumerable.Range(0, 7).Select(_ => backOff.Next(Crash).TotalSeconds);

        delays.ShouldBe([1, 2, 4, 8, 16, 30, 30]);
    }

    [Fact]
    public void Next_AfterAHealthyPeriod_BeginsAgain()
    {
        var backOff = new RestartBackOff();
        backOff.Next(Crash);
        backOff.Next(Crash);

        backOff.Next(RestartBackOff.HealthyPeriod).ShouldBe(RestartBackOff.First);

        backOff.Next(Crash).ShouldBe(RestartBackOff.First * 2);
    }
}
