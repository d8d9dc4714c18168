using RagApp.Tests.TestServices;

namespace RagApp.Tests.Observability;

/// <summary>All services, the cache included, are asked to end at once, at any time. The only permitted message is that the cache has gone.</summary>
public sealed class QuietEndTests
{
    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task End_AllAtOnce_NoErrorAndNoStackTrace(string signal)
    {
        using var data = new TemporaryFolder();
        await using var services = new ServiceSet(data.Path, otlp: null);
        await services.StartAsync(Cancellation);
        using var alice = new GatewayApi(services.Gateway, "demo-alice");
        // some work before the end
        await alice.UploadTextAsync("end/lamp.md", "# Lamps\n\nThe lamp of the lighthouse is a Fresnel lens.\n", Cancellation, "public");

        await services.SignalAsync(signal, Cancellation);
        var codes = await services.EndAsync(Cancellation);

        codes.Values.ShouldAllBe(code => code == 0);
        Complaints(services).ShouldBeEmpty();
    }

    /// <summary>The operating system ends a process that has no signal handler yet, with the exit code 128 plus the signal's number.</summary>
    [Theory]
    [InlineData(100)]
    [InlineData(600)]
    [InlineData(1200)]
    [InlineData(2000)]
    [InlineData(3500)]
    public async Task End_WhileStarting_NoStackTrace(int milliseconds)
    {
        using var data = new TemporaryFolder();
        await using var services = new ServiceSet(data.Path, otlp: null);
        services.Launch();
        await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System, Cancellation);

        await services.SignalAsync("INT", Cancellation);
        var codes = await services.EndAsync(Cancellation);

        codes.Values.ShouldAllBe(code => code == 0 || code == 130, string.Join('\n', services.Printed));
        services.Printed.ShouldNotContain(line => line.Contains(" at ") && line.Contains('(') || line.Contains("fail:") || line.Contains("crit:") || line.Contains("Unhandled"));
    }

    private static IEnumerable<string> Complaints(ServiceSet services) => services.Printed.SkipWhile(line => !line.Contains("shutting down"))
        .Where(line => line.Contains("   at ") || line.Contains("fail:") || line.Contains("crit:") || line.Contains("Unhandled"));
}
