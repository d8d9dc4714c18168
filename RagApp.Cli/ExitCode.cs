namespace RagApp.Cli;

/// <summary>What the process ends with.</summary>
internal static class ExitCode
{
    public const int Fine = 0;

    /// <summary>The run went through, but some files failed.</summary>
    public const int SomeFailed = 1;

    /// <summary>Nothing could be done: no server, no such folder, a key that is not known.</summary>
    public const int CouldNotRun = 2;

    /// <summary>The command line is wrong (EX_USAGE of sysexits.h).</summary>
    public const int Usage = 64;

    /// <summary>Ctrl+C or SIGTERM, as shells report it.</summary>
    public const int Interrupted = 130;
}
