<#
.SYNOPSIS
    The examples of the documentation, and the world in which they are run.
.DESCRIPTION
    Dot-sourced after Common.ps1. An example is what one session runs: its name and its commands, each with the errors that the
    documentation shows behind it.
#>

# The addresses that the documentation uses: those of its imagined servers, and those that a captured session had.
$DocumentedAtom = 'http://(scorch01:81|127\.0\.0\.1:\d+)/Orchestrator2012/Orchestrator\.svc'
$DocumentedWebApi = 'http://(scorch02:81|127\.0\.0\.1:\d+)/(?![\w.])'

# The examples of every cmdlet's help: each is a session of its own.
function Get-CmdletExample {
    foreach ($command in Get-Command -Module OrchestratorConnector) {
        $number = 0
        foreach ($example in (Get-Help -Name $command.Name).examples.example) {
            $number++
            @{ Name = "$($command.Name), example $number"; Command = @(@{ Code = $example.code; Error = '' }) }
        }
    }
}

# Reads what a shell was told and what it answered: PS> begins a command, >> goes on with it, and what follows up to the next
# one is its output, in which an error shows as it does at the prompt.
function Read-Session {
    param([string[]] $Line)
    $commands = New-Object -TypeName 'System.Collections.Generic.List[hashtable]'
    $isError = $false
    foreach ($text in $Line) {
        if ($text -match '^\s*PS> (.*)$') {
            $commands.Add(@{ Code = $Matches[1]; Error = '' })
            $isError = $false
        }
        elseif ($text -match '^\s*>> ?(.*)$' -and $commands.Count -gt 0) {
            $commands[-1].Code += "`n" + $Matches[1]
        }
        elseif ($text -match '^\s*[A-Z][a-z]+-[A-Za-z]+: (.*)$' -and $commands.Count -gt 0) {
            $commands[-1].Error = $Matches[1]
            $isError = $true
        }
        elseif ($isError -and $text.Trim()) {
            $commands[-1].Error += ' ' + $text.Trim()
        }
        else {
            $isError = $false
        }
    }
    , $commands.ToArray()
}

# The commands of the about topics: those under one heading are a session.
function Get-TopicExample {
    param([string] $Folder)
    foreach ($file in Get-ChildItem -LiteralPath $Folder -Filter 'about_*.help.txt') {
        $heading = ''
        $lines = @()
        foreach ($line in [System.IO.File]::ReadAllLines($file.FullName) + 'END') {
            # A heading stands at the margin, or almost there.
            if ($line -match '^ {0,2}\S') {
                $commands = Read-Session $lines
                if ($commands.Count -gt 0) {
                    @{ Name = "$($file.Name -replace '\.help\.txt$'), $heading"; Command = $commands }
                }
                $heading = $line.Trim()
                $lines = @()
            }
            $lines += $line
        }
    }
}

# The sessions of the README: the fenced blocks with a prompt in them.
function Get-ReadmeExample {
    $readme = [System.IO.File]::ReadAllText((Join-Path $RepositoryRoot 'README.md'))
    $heading = ''
    foreach ($part in [regex]::Matches($readme, '(?ms)^## (?<heading>[^\n]*)$|^```[a-z]*\n(?<block>.*?)^```')) {
        if ($part.Groups['heading'].Success) {
            $heading = $part.Groups['heading'].Value
        }
        else {
            $commands = Read-Session ($part.Groups['block'].Value -split "`n")
            if ($commands.Count -gt 0) {
                @{ Name = "README, $heading"; Heading = $heading; Command = $commands }
            }
        }
    }
}

# Two stand-in servers and a store that has imported them, to be copied for every example. In it a runbook is invalid and one
# is missing, and the servers have one that it does not have yet.
function Start-ExampleWorld {
    $servers = (Start-Source), (Start-Source)
    $world = @{ Atom = $servers[0].Atom; WebApi = "$($servers[1].Base)/"; Servers = $servers; Store = New-TestStore; Shell = New-TestShell '' }
    $changing = foreach ($server in $servers) {
        $null = Add-SourceRunbook $server '\Operations\Restart Service' -In 'Computer Name', 'Service Name' -Out 'Result' -Script @{ RunningPolls = 1; Output = @{ Result = 'restarted' } }
        $null = Add-SourceRunbook $server '\Operations\Watch Services' -In 'Interval' -Monitor
        $null = Add-SourceRunbook $server '\Exchange\Move Mailbox' -In 'User'
        @{ Server = $server; Unlock = (Add-SourceRunbook $server '\Accounts\Unlock Account' -In 'Account' -Out 'Unlocked'); Old = (Add-SourceRunbook $server '\Accounts\Old Runbook') }
    }
    $null = New-OrchestratorRunAsAccount -Name Runbooks -Credential (New-TestCredential 'CONTOSO\svc-runbooks' 'p&ssw0rd')
    $null = New-OrchestratorConnector -Name Production -ServiceUrl $world.Atom
    $null = New-OrchestratorConnector -Name Test -ServiceUrl $world.WebApi -RunAsAccount Runbooks
    $null = Sync-OrchestratorConnector -Name * -ErrorAction Stop
    $null = New-SMRunbookActivity -Name Restart -Runbook '\Operations\Restart Service' -Connector Production -Map @{ 'Computer Name' = 'Server'; 'Service Name' = 'Service' } -OutputMap @{ Result = 'Outcome' } -ReadyForAutomation
    $null = New-SMRunbookActivity -Name Unlock -Runbook '\Accounts\Unlock Account' -Connector Production -Map @{ Account = 'SamAccountName' }
    foreach ($source in $changing) {
        $null = Invoke-Source $source.Server RenameParameter @{ Runbook = "$($source.Unlock)"; Name = 'Account'; NewName = 'User' }
        $null = Invoke-Source $source.Server RemoveRunbook @{ Runbook = "$($source.Old)" }
    }
    $null = Sync-OrchestratorConnector -Name * -ErrorAction Stop -WarningAction SilentlyContinue
    foreach ($source in $changing) {
        $null = Add-SourceRunbook $source.Server '\Operations\Archive Logs' -In 'Path'
    }
    $world
}

# The world of the README's section about running runbooks: one server, whose runbooks do what is shown there.
function Start-ReadmeWorld {
    $server = Start-Source
    $size = "Gr$([char]0xF6)$([char]0xDF)e"
    $null = Add-SourceRunbook $server '\00-Test\Clean up Server' -In 'Computer name', $size, 'User' -Out 'Result'
    $null = Add-SourceRunbook $server '\Active Directory\Reset Password' -In 'Computer name', $size, 'User' -Out 'Result' -Activity 'Query Database' -Script @{ End = 'Failure'; Activity = 'Query Database'; Error = "Login failed for user 'CONTOSO\svc-runbooks'." }
    $world = @{ Atom = $server.Atom; WebApi = "$($server.Base)/"; Servers = @($server); Store = New-TestStore; Shell = New-TestShell '' }
    $null = New-OrchestratorConnector -Name Berlin -ServiceUrl $world.Atom
    $null = Sync-OrchestratorConnector -Name * -ErrorAction Stop
    $world
}

function Stop-ExampleWorld {
    param($World)
    $World.Shell.Dispose()
    foreach ($server in $World.Servers) {
        Stop-Source $server
    }
}

# Runs the commands of an example one after another in a new session, with a copy of the world's store, and returns for each
# the errors that it ended with or wrote. Nobody is there to answer a question but the one for a password.
function Invoke-Example {
    param($World, [hashtable[]] $Command, [string] $Prelude = '')
    $copy = New-TestStore
    $null = New-Item -ItemType Directory -Path (Split-Path $copy)
    if ($World.Store) {
        # The file, what SQLite has beside it, and the key.
        Copy-Item -Path "$($World.Store)*" -Destination (Split-Path $copy)
    }
    # One runspace for all, as new: to make one and import the module takes longer than most examples.
    $shell = $World.Shell
    $shell.Runspace.ResetRunspaceState()
    $shell.Commands.Clear()
    $null = $shell.AddScript(@'
param($ExampleFolder, $ExampleCredential, $ExamplePrelude)
Set-StrictMode -Version Latest
Set-Location -LiteralPath $ExampleFolder
function Get-Credential { $ExampleCredential }
. ([scriptblock]::Create($ExamplePrelude))
'@)
    $null = $shell.AddParameters(@{ ExampleFolder = (Split-Path $copy); ExampleCredential = (New-TestCredential 'CONTOSO\svc-runbooks' 'p&ssw0rd'); ExamplePrelude = $Prelude }).Invoke()
    foreach ($line in $Command) {
        $shell.Commands.Clear()
        $shell.Streams.ClearStreams()
        $code = $line.Code -replace $DocumentedAtom, $World.Atom -replace $DocumentedWebApi, $World.WebApi
        # As at a prompt: whatever comes out is shown, which is work that can go wrong too.
        $null = $shell.AddScript($code).AddCommand('Out-String')
        $errors = @()
        try {
            $null = $shell.Invoke()
        }
        catch {
            $errors += $_.Exception.GetBaseException().Message
        }
        $errors += @($shell.Streams.Error | ForEach-Object { $_.ToString() })
        [pscustomobject]@{ Code = $code; Error = "$errors"; Expected = $line.Error }
    }
}
