using System.Diagnostics;
using System.Globalization;
using RagApp.Ingestion.Parsing;
using RagApp.Parsing.Child;
using RagApp.Parsing.Formats.Docx;
using RagApp.Tests.Parsing;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Ingestion.Parsing;

/// <summary>Limits of a running parser process, as the operating system reports them, and the service's own checks beside them.</summary>
public sealed class ParserBoundsTests : IAsyncLifetime
{
    private readonly TemporaryFolder _temp = new();
    private readonly ParserBounds _bounds = new ParserOptions { Formats = { ["docx"] = new FormatLimits { MemoryMiB = 1_024 } } }.Bounds;
    private readonly Parsers _parsers = new(new ParserOptions());
    private Process _child = null!;

    public async ValueTask InitializeAsync()
    {
        _child = await _parsers.Launcher.StartReaderAsync(_bounds, _temp.Path, Cancellation);
        var path = Path.Combine(_temp.Path, "slow.pdf");
        await File.WriteAllBytesAsync(path, HostileFiles.SlowPdf(), Cancellation);
        await ChildFrames.SendAsync(_child.StandardInput.BaseStream, new ChildRequest(path, WithMembers: false), Cancellation);
        // The child sets its limits before it reports the format of the file.
        await ChildFrames.ReadHeaderAsync(_child.StandardOutput.BaseStream, Cancellation);
    }

    [Fact]
    public async Task Limits_OfAChildAtWork_AreTheOperatingSystems()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc is Linux's.");
        var limits = (await File.ReadAllLinesAsync($"/proc/{_child.Id}/limits", Cancellation))
            .Skip(1).ToDictionary(line => line[..26].TrimEnd(), line => line[26..].Split(' ', StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);

        limits["Max data size"][..2].ShouldBe([Bytes(512), Bytes(1_024)]);
        limits["Max file size"][..2].ShouldBe(["0", "0"]);
        limits["Max core file size"][..2].ShouldBe(["0", "0"]);
        limits["Max open files"][..2].ShouldBe(["128", "128"]);
        int.Parse(limits["Max cpu time"][0], CultureInfo.InvariantCulture).ShouldBeInRange(60, 62);
    }

    [Fact]
    public async Task Privileges_OfAChild_CannotGrow()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/setpriv"), "setpriv is not here.");

        (await File.ReadAllTextAsync($"/proc/{_child.Id}/status", Cancellation)).ShouldContain("NoNewPrivs:\t1");
    }

    [Fact]
    public void Network_OfAChild_IsNotTheServices()
    {
        using var unshare = Process.Start(new ProcessStartInfo("unshare", ["--net", "true"]) { UseShellExecute = false, RedirectStandardError = true });
        unshare!.WaitForExit();
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can look into a process that has closed itself.");
        Assert.SkipUnless(unshare.ExitCode == 0, "A network namespace is not permitted here.");

        File.ResolveLinkTarget($"/proc/{_child.Id}/ns/net", returnFinalTarget: false)!.Name
            .ShouldNotBe(File.ResolveLinkTarget("/proc/self/ns/net", returnFinalTarget: false)!.Name);
    }

    [Fact]
    public async Task Environment_OfAChild_HoldsNoSecretOfTheService()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root can look into a process that has closed itself.");
        Environment.SetEnvironmentVariable("Identity__SigningKey", "a secret that the child must not see");
        try
        {
            using var child = await _parsers.Launcher.StartReaderAsync(_bounds, _temp.Path, Cancellation);
            var environment = await File.ReadAllTextAsync($"/proc/{child.Id}/environ", Cancellation);
            child.Kill();

            environment.ShouldNotContain("SigningKey");
        }
        finally
        {
            Environment.SetEnvironmentVariable("Identity__SigningKey", null);
        }
    }

    [Fact]
    public async Task Watchdog_MemoryOverTheLimit_Kills()
    {
        var watchdog = Watch(new ParserLimits(MemoryMiB: 8, CpuSeconds: 60, TimeSpan.FromMinutes(1)));

        await watchdog.WaitForExitAsync(Cancellation);

        watchdog.Killed!.ShouldContain("8 MiB");
        watchdog.Peak.ShouldBeGreaterThan(8L << 20);
    }

    [Fact]
    public async Task Watchdog_ProcessorTimeOverTheLimit_Kills()
    {
        var watchdog = Watch(new ParserLimits(MemoryMiB: 2_048, CpuSeconds: 1, TimeSpan.FromMinutes(1)));

        await watchdog.WaitForExitAsync(Cancellation);

        watchdog.Killed!.ShouldContain("1 s of processor time");
    }

    [Fact]
    public async Task StandardInput_Closed_EndsAChildAtWork()
    {
        _child.StandardInput.Close(); // the operating system closes this pipe when the service dies

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await _child.WaitForExitAsync(patience.Token);
        _child.ExitCode.ShouldBe(137);
    }

    [Fact]
    public void ToArguments_SettingsOfAChild_AreReadBackAsTheyWere()
    {
        var settings = new ChildSettings(_bounds, new OcrSettings("eng+deu", MaxPages: 7));

        var read = ChildSettings.Parse([.. settings.ToArguments()]);

        read.Ocr.ShouldBe(settings.Ocr);
        read.Bounds.Usual.ShouldBe(_bounds.Usual);
        read.Bounds.For(DocxFormat.MediaType).ShouldBe(_bounds.For(DocxFormat.MediaType));
        new ChildSettings(_bounds, Ocr: null).ToArguments().ShouldNotContain(argument => argument.StartsWith("ocr", StringComparison.Ordinal));
    }

    public ValueTask DisposeAsync()
    {
        _child.Kill(entireProcessTree: true);
        _child.Dispose();
        _parsers.Dispose();
        _temp.Dispose();
        return ValueTask.CompletedTask;
    }

    private ParserWatchdog Watch(ParserLimits limits) => new(_child, limits, TimeProvider.System);

    private static string Bytes(long mebibytes) => (mebibytes << 20).ToString(CultureInfo.InvariantCulture);
}
