using System.Runtime.InteropServices;

namespace RagApp.Ingestion.Parsing.Child;

/// <summary>
/// Limits that this process puts on itself and cannot take back. Linux only; elsewhere the service's watchdog
/// is the only bound.
/// </summary>
internal static partial class ProcessLimits
{
    // Resource numbers of Linux on every architecture that .NET runs on.
    private const int Cpu = 0;
    private const int FileSize = 1;
    private const int Data = 2;
    private const int Core = 4;
    private const int OpenFiles = 7;

    /// <summary>Enough for the runtime's own files and the document.</summary>
    private const ulong MostOpenFiles = 128;

    /// <exception cref="InvalidOperationException">A limit could not be set: then nothing is parsed.</exception>
    public static void Apply(int memoryMiB, int cpuSeconds)
    {
        if (!OperatingSystem.IsLinux())
            return;
        Set(Core, 0);
        Set(FileSize, 0);
        Set(OpenFiles, MostOpenFiles);
        Set(Cpu, (ulong)cpuSeconds, grace: 1); // the softer signal comes first and says what it was
        Set(Data, (ulong)memoryMiB << 20);
    }

    private static void Set(int resource, ulong value, ulong grace = 0)
    {
        var limit = new Limit { Soft = (nuint)value, Hard = (nuint)(value + grace) };
        if (SetLimit(resource, in limit) != 0)
            throw new InvalidOperationException($"setrlimit({resource}) failed with error {Marshal.GetLastPInvokeError()}.");
    }

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetLimit(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public nuint Soft;
        public nuint Hard;
    }
}
