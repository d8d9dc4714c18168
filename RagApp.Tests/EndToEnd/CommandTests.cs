namespace RagApp.Tests.EndToEnd;

/// <summary>The commands that the dashboard offers for the ingestion service.</summary>
public sealed class CommandTests(RunningApp app)
{
    [Theory]
    [InlineData("sweep")]
    [InlineData("rebuild-index")]
    [InlineData("samples")]
    public async Task Command_OnTheRunningService_SaysWhatItDid(string command)
    {
        var running = await app.ApplicationAsync(Cancellation);
        await running.ResourceNotifications.WaitForResourceHealthyAsync("document-ingestion", Cancellation);

        var result = await running.ResourceCommands.ExecuteCommandAsync("document-ingestion", command, Cancellation);

        result.Success.ShouldBeTrue(result.Message);
        result.Message.ShouldNotBeNullOrWhiteSpace();
        result.Data!.Value.ShouldNotContain("No service is running");
    }
}
