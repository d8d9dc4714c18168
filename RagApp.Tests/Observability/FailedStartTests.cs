using System.Diagnostics;

namespace RagApp.Tests.Observability;

/// <summary>A service that cannot start says why and ends with an exit code of its own choice.</summary>
public sealed class FailedStartTests
{
    [Fact]
    public async Task Start_SettingRefused_NamesTheSettingAndEndsWithOne()
    {
        var start = new ProcessStartInfo("dotnet", [Repository.BuiltOutput("RagApp.Cache"), "--Cache:Password=short"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Cancellation), process.StandardError.ReadToEndAsync(Cancellation));
        await process.WaitForExitAsync(Cancellation);

        process.ExitCode.ShouldBe(1);
        (await output).ShouldContain("Cache:Password needs at least 16 characters.");
        (await errors).Trim().ShouldStartWith("Cannot start: ");
        (await errors).ShouldNotContain("   at ");
    }
}
