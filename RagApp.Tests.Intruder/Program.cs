using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace RagApp.Tests.Intruder;

/// <summary>
/// Simulates an attacker who controls a parser process: makes one attempt, named by the first argument, on the target that
/// the second argument names. Prints <c>done</c> with the result, or <c>failed</c> with the reason.
/// </summary>
public static partial class Program
{
    private const int Seize = 0x4206; // PTRACE_SEIZE: traces without stopping
    private const int NewMounts = 0x2_0000; // CLONE_NEWNS

    public static int Main(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        try
        {
            Console.Out.WriteLine($"done: {Attempt(args[0], args[1])}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SocketException or System.ComponentModel.Win32Exception)
        {
            Console.Out.WriteLine($"failed: {exception.Message}");
        }
        return 0;
    }

    private static string Attempt(string name, string target) => name switch
    {
        "read" => File.ReadAllText(target),
        "list" => string.Join(' ', Directory.GetFileSystemEntries(target)),
        "write" => Write(target),
        "execute" => Execute(target),
        "connect" => Connect(AddressFamily.Unix, SocketType.Stream, new UnixDomainSocketEndPoint(target)),
        "tcp" => Connect(AddressFamily.InterNetwork, SocketType.Stream, new IPEndPoint(IPAddress.Loopback, Number(target))),
        "udp" => Connect(AddressFamily.InterNetwork, SocketType.Dgram, new IPEndPoint(IPAddress.Loopback, Number(target))),
        "signal" => Checked(Kill(Number(target), signal: 0)),
        "trace" => Checked((int)Trace(Seize, Number(target), 0, 0)),
        "memory" => ReadMemory(Number(target)),
        "namespace" => Checked(Unshare(NewMounts)),
        "files" => string.Join('\n', Directory.GetFileSystemEntries("/proc/self/fd").Select(Target)),
        "environment" => string.Join('\n', Environment.GetEnvironmentVariables().Keys.Cast<string>()),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Nothing of that name can be tried."),
    };

    private static string Write(string path)
    {
        File.WriteAllText(path, "x");
        return path;
    }

    private static string Execute(string program)
    {
        using var process = Process.Start(new ProcessStartInfo(program, ["-c", "true"]) { UseShellExecute = false })!;
        process.WaitForExit();
        return Checked(process.ExitCode);
    }

    private static string Connect(AddressFamily family, SocketType type, EndPoint address)
    {
        using var socket = new Socket(family, type, ProtocolType.Unspecified);
        socket.Connect(address);
        return $"{address}";
    }

    /// <summary>
    /// Tries to read one byte of another process, at the address of a byte in this process. That address may be unmapped there:
    /// the attempt tests only whether reading is permitted.
    /// </summary>
    private static unsafe string ReadMemory(int process)
    {
        byte taken = 0;
        var here = new Piece((nint)(&taken), 1);
        var read = ReadVirtualMemory(process, in here, 1, in here, 1, 0);
        return read < 0 && Marshal.GetLastPInvokeError() == 14 ? "permitted, nothing there" : Checked((int)Math.Min(read, 0));
    }

    private static string Target(string link)
    {
        try
        {
            return File.ResolveLinkTarget(link, returnFinalTarget: false)?.FullName ?? "";
        }
        catch (IOException)
        {
            return ""; // the descriptor of this directory listing, which is closed by now
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Checked(int result) => result >= 0 ? "0" : throw new System.ComponentModel.Win32Exception(Marshal.GetLastPInvokeError());

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "ptrace", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Trace(int request, int process, nint address, nint data);

    [LibraryImport("libc", EntryPoint = "unshare", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Unshare(int flags);

    [LibraryImport("libc", EntryPoint = "process_vm_readv", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint ReadVirtualMemory(int process, in Piece local, nuint locals, in Piece remote, nuint remotes, nuint flags);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Piece(nint Start, nuint Length);
}
