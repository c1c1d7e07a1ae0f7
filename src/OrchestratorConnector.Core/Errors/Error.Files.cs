using System;

namespace OrchestratorConnector.Errors;

// Files that are named to be written or read.
internal static partial class Error
{
    public static OrchestratorException FilePathInvalid(string path, string why) =>
        New(ErrorKind.InvalidArgument, path, $"'{path}' cannot be used as a file: {why}");

    public static OrchestratorException OutputExists(string path) =>
        New(ErrorKind.AlreadyExists, path, $"The file '{path}' exists already and was not touched.", "Leave out -NoClobber to replace it.");

    public static OrchestratorException OutputFolderMissing(string folder, string file) =>
        New(ErrorKind.NotFound, folder, $"The folder '{folder}', where the file '{file}' was to be written, does not exist.");

    public static OrchestratorException OutputReadOnly(string path) =>
        New(ErrorKind.PermissionDenied, path, $"The file '{path}' is read-only and was not touched.", "-Force replaces it.");

    public static OrchestratorException OutputNotWritable(string path, string why, Exception? inner) =>
        New(inner is UnauthorizedAccessException ? ErrorKind.PermissionDenied : ErrorKind.FileFailed, path, $"The file '{path}' cannot be written: {why}", null, inner);
}
