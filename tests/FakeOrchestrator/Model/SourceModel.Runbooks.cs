using System;
using System.Collections.Generic;
using System.Linq;

namespace FakeOrchestrator;

/// <summary>The changes of runbooks and of their parameters.</summary>
public sealed partial class SourceModel
{
    /// <summary>Adds a runbook; folders that are not there yet are made.</summary>
    public SourceRunbook AddRunbook(string folderPath, string name, params (string Name, string Direction)[] parameters)
    {
        ArgumentNullException.ThrowIfNull(folderPath);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(parameters);
        lock (_gate)
        {
            DateTime born = Tick();
            return AddRunbook(EnsureFolder(Clean(folderPath)), name, parameters, runbook =>
            {
                runbook.CreatedBy = "S-1-5-500";
                runbook.LastModifiedBy = "S-1-5-500";
                runbook.CreationTime = born;
                runbook.LastModifiedTime = born;
            });
        }
    }

    /// <summary>Renames a runbook.</summary>
    public void RenameRunbook(Guid id, string newName)
    {
        ArgumentException.ThrowIfNullOrEmpty(newName);
        Edit(id, runbook => runbook.Name = newName);
    }

    /// <summary>Moves a runbook to another folder, which is made if it is not there.</summary>
    public void MoveRunbook(Guid id, string folderPath)
    {
        ArgumentNullException.ThrowIfNull(folderPath);
        Edit(id, runbook => runbook.FolderId = EnsureFolder(Clean(folderPath)));
    }

    /// <summary>Removes a runbook.</summary>
    public void RemoveRunbook(Guid id)
    {
        lock (_gate)
        {
            if (!_runbooks.Remove(id))
            {
                throw UnknownRunbook(id);
            }

            Changed();
        }
    }

    /// <summary>Removes all runbooks that fulfil the condition.</summary>
    public void RemoveRunbooks(Func<SourceRunbook, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        lock (_gate)
        {
            DropRunbooks(condition);
            Changed();
        }
    }

    /// <summary>Changes properties of a runbook: description, checked out and so on.</summary>
    public void Edit(Guid id, Action<SourceRunbook> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        lock (_gate)
        {
            SourceRunbook before = _runbooks.GetValueOrDefault(id) ?? throw UnknownRunbook(id);
            SourceRunbook copy = before.Copy();
            change(copy);
            if (TouchOnChange && copy.LastModifiedTime == before.LastModifiedTime)
            {
                copy.LastModifiedTime = Tick();
            }

            copy.Path = Join(_folders[copy.FolderId].Path, copy.Name);
            copy.Freeze();
            _runbooks[id] = copy;
            Changed();
        }
    }

    /// <summary>Adds a parameter.</summary>
    public SourceParameter AddParameter(Guid runbookId, string name, string direction = "In", string type = "String", string? description = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        SourceParameter? added = null;
        Edit(runbookId, runbook =>
        {
            added = new SourceParameter(NewId()) { RunbookId = runbookId, Name = name, Direction = direction, Type = type, Description = description };
            added.Freeze();
            runbook.Parameters = [.. runbook.Parameters, added];
        });
        return added!;
    }

    /// <summary>Removes a parameter.</summary>
    public void RemoveParameter(Guid runbookId, string name)
    {
        Edit(runbookId, runbook =>
        {
            SourceParameter gone = ParameterOf(runbook, name);
            runbook.Parameters = [.. runbook.Parameters.Where(parameter => parameter != gone)];
        });
    }

    /// <summary>Renames a parameter; its id stays.</summary>
    public void RenameParameter(Guid runbookId, string name, string newName)
    {
        ArgumentException.ThrowIfNullOrEmpty(newName);
        EditParameter(runbookId, name, parameter => parameter.Name = newName);
    }

    /// <summary>Sets the type of a parameter.</summary>
    public void SetParameterType(Guid runbookId, string name, string type)
    {
        EditParameter(runbookId, name, parameter => parameter.Type = type);
    }

    /// <summary>Sets the direction of a parameter.</summary>
    public void SetParameterDirection(Guid runbookId, string name, string direction)
    {
        EditParameter(runbookId, name, parameter => parameter.Direction = direction);
    }

    /// <summary>Makes the parameters anew: the same names, other ids.</summary>
    public void RebuildParameters(Guid runbookId)
    {
        Edit(runbookId, runbook => runbook.Parameters = [.. runbook.Parameters.Select(parameter => Frozen(parameter.Copy(NewId())))]);
    }

    internal SourceRunbook AddRunbook(Guid folderId, string name, IEnumerable<(string Name, string Direction)> parameters, Action<SourceRunbook> fill)
    {
        lock (_gate)
        {
            var runbook = new SourceRunbook(NewId()) { FolderId = folderId, Name = name, Path = Join(_folders[folderId].Path, name) };
            runbook.Parameters =
            [
                .. parameters.Select(parameter => Frozen(new SourceParameter(NewId())
                {
                    RunbookId = runbook.Id,
                    Name = parameter.Name,
                    Direction = parameter.Direction,
                })),
            ];
            fill(runbook);
            runbook.Freeze();
            _runbooks.Add(runbook.Id, runbook);
            Changed();
            return runbook;
        }
    }

    private static SourceParameter Frozen(SourceParameter parameter)
    {
        parameter.Freeze();
        return parameter;
    }

    private static SourceParameter ParameterOf(SourceRunbook runbook, string name)
    {
        return runbook.Parameters.FirstOrDefault(parameter => string.Equals(parameter.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new KeyNotFoundException($"The runbook '{runbook.Path}' has no parameter '{name}'.");
    }

    private static KeyNotFoundException UnknownRunbook(Guid id)
    {
        return new KeyNotFoundException($"The source has no runbook with the id {id}.");
    }

    private void EditParameter(Guid runbookId, string name, Action<SourceParameter> change)
    {
        Edit(runbookId, runbook =>
        {
            SourceParameter before = ParameterOf(runbook, name);
            SourceParameter copy = before.Copy(before.Id);
            change(copy);
            copy.Freeze();
            runbook.Parameters = [.. runbook.Parameters.Select(parameter => parameter == before ? copy : parameter)];
        });
    }

    private void DropRunbooks(Func<SourceRunbook, bool> condition)
    {
        var kept = _runbooks.Values.Where(runbook => !condition(runbook)).ToList();
        _runbooks.Clear();
        foreach (SourceRunbook runbook in kept)
        {
            _runbooks.Add(runbook.Id, runbook);
        }
    }
}
