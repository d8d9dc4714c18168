using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RagApp.ServiceDefaults;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.ServiceDefaults;

/// <summary>At its start, a service warns about data that other users can open, and restricts the access that it can restrict itself.</summary>
public sealed class PrivacyTests : IDisposable
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const int GetDumpable = 3;

    private readonly TemporaryFolder _data = new();

    [Theory]
    [InlineData("Storage:DataPath", UnixFileMode.OtherRead)]
    [InlineData("Storage:DataPath", UnixFileMode.GroupExecute)]
    [InlineData("Cache:DataPath", UnixFileMode.GroupRead)]
    public async Task Start_FolderIsOpen_IsAWarningWithTheCommandThatClosesIt(string setting, UnixFileMode open)
    {
        SetMode(_data.Path, Own | open);

        var warning = (await WarningsAsync(setting)).ShouldHaveSingleItem();

        warning.ShouldContain($"chmod -R go-rwx '{_data.Path}'");
    }

    [Fact]
    public async Task Start_SomethingBelowIsOpen_IsNamed()
    {
        var blob = Path.Combine(Directory.CreateDirectory(Path.Combine(_data.Path, "blobs", "tenants")).FullName, "old");
        await File.WriteAllTextAsync(blob, "made before", Cancellation);
        SetMode(blob, UnixFileMode.UserRead | UnixFileMode.OtherRead);

        (await WarningsAsync("Storage:DataPath")).ShouldHaveSingleItem().ShouldContain($"'{blob}'");
    }

    [Fact]
    public async Task Start_FolderIsItsUsersAlone_IsNoWarning()
    {
        await File.WriteAllTextAsync(Path.Combine(_data.Path, "made"), "made after the mask", Cancellation);
        SetMode(Path.Combine(_data.Path, "made"), UnixFileMode.UserRead);

        (await WarningsAsync("Storage:DataPath")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Start_VolumeThatAPodsGroupWasGiven_IsNoWarning()
    {
        SetMode(_data.Path, Own | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.SetGroup);

        (await WarningsAsync("Storage:DataPath")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Process_OfAService_CannotBeLookedInto()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux has a switch for it.");

        await WarningsAsync("Storage:DataPath");

        Control(GetDumpable, 0, 0, 0, 0).ShouldBe(0); // /proc/ID/environ, memory and files now require CAP_SYS_PTRACE
    }

    public void Dispose() => _data.Dispose();

    private static void SetMode(string path, UnixFileMode mode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
    }

    /// <summary>Starts a service whose data folder is configured by <paramref name="setting"/>; returns its warnings about the folder.</summary>
    private async Task<IReadOnlyList<string>> WarningsAsync(string setting)
    {
        var builder = WebApplication.CreateBuilder(["--urls=http://127.0.0.1:0", $"--{setting}={_data.Path}"]);
        builder.AddServiceDefaults();
        builder.Logging.AddFakeLogging();
        await using var app = builder.Build();
        var logs = app.Services.GetFakeLogCollector();
        await app.StartAsync(Cancellation);
        foreach (var check in app.Services.GetServices<IHostedService>().OfType<BackgroundService>())
            await (check.ExecuteTask ?? Task.CompletedTask);
        await app.StopAsync(Cancellation);
        return [.. logs.GetSnapshot().Where(record => record.Level == LogLevel.Warning && record.Category!.Contains("Privacy", StringComparison.Ordinal)).Select(record => record.Message)];
    }

    [DllImport("libc", EntryPoint = "prctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Control(int option, nint first, nint second, nint third, nint fourth);
}
