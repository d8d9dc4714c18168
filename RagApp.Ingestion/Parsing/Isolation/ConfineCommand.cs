using System.Runtime.InteropServices;

namespace RagApp.Ingestion.Parsing.Isolation;

/// <summary>
/// The verb <c>confine</c>: gives up what a program that opens documents does not need, and becomes that program. It
/// is a process of its own since Landlock and seccomp hold for one thread and what it executes, and a .NET process has
/// several threads before its first line runs.
/// </summary>
internal static class ConfineCommand
{
    public const string Verb = "confine";

    /// <summary>First of all: says on standard output which measures hold, as a number.</summary>
    public const string Report = "--report";

    private const int CannotExecute = 126;
    private const int CloseRange = 436;
    private const nint FirstOther = 3;
    private const nint CloseOnExecute = 4;

    /// <returns>Only when there is no program to become: 0 without arguments, for whoever tries whether it starts.</returns>
    public static int Run(string[] arguments)
    {
        if (arguments.Length == 0)
            return 0;
        try
        {
            var isReport = arguments[0] == Report;
            var (rules, program) = ConfinementRules.Parse(isReport ? arguments[1..] : arguments);
            var held = Apply(rules);
            if (isReport)
                Console.Out.WriteLine((int)held);
            LinuxCalls.ResetBrokenPipe();
            LinuxCalls.Execute(program[0], [.. program, null]);
            var error = Marshal.GetLastPInvokeError();
            Console.Error.WriteLine($"'{program[0]}' cannot be executed: error {error}.");
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            Console.Error.WriteLine(exception.Message);
        }
        return CannotExecute;
    }

    /// <summary>In this order: capabilities can empty their own bounding set, and a filter needs no capabilities after the second step.</summary>
    /// <exception cref="InvalidOperationException">What the kernel has could not be applied: then nothing is started.</exception>
    private static Measures Apply(ConfinementRules rules)
    {
        var held = If(Capabilities.TryDrop(), Measures.NoCapabilities)
            | If(LinuxCalls.TryForbidNewPrivileges(), Measures.NoNewPrivileges)
            | If(LinuxCalls.Call(CloseRange, FirstOther, int.MaxValue, CloseOnExecute, 0) == 0, Measures.ClosedFiles);
        if (Landlock.Version is > 0 and var version)
        {
            Landlock.Restrict(version, rules);
            held |= Measures.Files | If(version >= Landlock.SignalsVersion, Measures.Signals);
        }
        return held | If(SystemCallFilter.TryInstall(localSockets: rules.Sockets.Length > 0), Measures.SystemCalls);
    }

    private static Measures If(bool holds, Measures measure) => holds ? measure : Measures.None;
}
