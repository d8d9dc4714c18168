using RagApp.Tests.TestServices;
using Shouldly;
using Xunit;

namespace RagApp.Tests.Observability;

/// <summary>The services as processes are asked to end, at any time and all at once, the cache included. A line that says that the cache has gone is all that may be said.</summary>
public sealed class QuietEndTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task End_AllAtOnce_NoErrorAndNoStackTrace(string signal)
    {
        using var data = new TemporaryFolder();
        await using var services = new ServiceSet(data.Path, otlp: null);
        await services.StartAsync(Stop);
        using var alice = new GatewayApi(services.Gateway, "demo-alice");
        await alice.UploadTextAsync("end/lamp.md", "# Lamps\n\nThe lamp of the lighthouse is a Fresnel lens.\n", Stop, "public"); // somebody works

        await services.SignalAsync(signal, Stop);
        var codes = await services.EndAsync(Stop);

        codes.Values.ShouldAllBe(code => code == 0);
        Complaints(services).ShouldBeEmpty();
    }

    /// <summary>A process that has not yet heard of signals is ended by the system: 128 and the signal's number.</summary>
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
        await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System, Stop);

        await services.SignalAsync("INT", Stop);
        var codes = await services.EndAsync(Stop);

        codes.Values.ShouldAllBe(code => code == 0 || code == 130);
        services.Printed.ShouldNotContain(line => line.Contains(" at ") && line.Contains('(') || line.Contains("fail:") || line.Contains("crit:") || line.Contains("Unhandled"));
    }

    private static IEnumerable<string> Complaints(ServiceSet services) => services.Printed.SkipWhile(line => !line.Contains("shutting down"))
        .Where(line => line.Contains("   at ") || line.Contains("fail:") || line.Contains("crit:") || line.Contains("Unhandled"));
}
