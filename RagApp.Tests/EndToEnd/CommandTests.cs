using Shouldly;
using Xunit;

namespace RagApp.Tests.EndToEnd;

/// <summary>The commands that the dashboard offers for the ingestion service.</summary>
public sealed class CommandTests(RunningApp app)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sweep")]
    [InlineData("rebuild-index")]
    [InlineData("samples")]
    public async Task Command_OnTheRunningService_SaysWhatItDid(string command)
    {
        var running = await app.ApplicationAsync(Cancelled);
        await running.ResourceNotifications.WaitForResourceHealthyAsync("document-ingestion", Cancelled);

        var result = await running.ResourceCommands.ExecuteCommandAsync("document-ingestion", command, Cancelled);

        result.Success.ShouldBeTrue(result.Message);
        result.Message.ShouldNotBeNullOrWhiteSpace();
        result.Data!.Value.ShouldNotContain("No service is running");
    }
}
