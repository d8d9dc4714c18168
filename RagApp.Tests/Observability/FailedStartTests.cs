using System.Diagnostics;
using Shouldly;
using Xunit;

namespace RagApp.Tests.Observability;

/// <summary>A service that cannot start says why and ends with an exit code of its own choice.</summary>
public sealed class FailedStartTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_SettingRefused_NamesTheSettingAndEndsWithOne()
    {
        var start = new ProcessStartInfo("dotnet", [Repository.BuiltOutput("RagApp.Cache"), "--Cache:Password=short"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Stop), process.StandardError.ReadToEndAsync(Stop));
        await process.WaitForExitAsync(Stop);

        process.ExitCode.ShouldBe(1);
        (await output).ShouldContain("Cache:Password needs at least 16 characters.");
        (await errors).Trim().ShouldStartWith("Cannot start: ");
        (await errors).ShouldNotContain("   at ");
    }
}
