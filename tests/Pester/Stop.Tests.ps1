# Ctrl+C and everything else that ends a command before it is done; what others do meanwhile.

BeforeDiscovery {
    $hasThreadJob = [bool](Get-Command -Name Start-ThreadJob -ErrorAction SilentlyContinue)
    if (-not $hasThreadJob) {
        Write-Host 'There is no Start-ThreadJob here: its tests are left out.'
    }
    $hasParallel = (Get-Command -Name ForEach-Object).Parameters.ContainsKey('Parallel')
    if (-not $hasParallel) {
        Write-Host 'There is no ForEach-Object -Parallel here: its test is left out.'
    }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    Import-TestedModule
    $shared = Get-SharedServer
    $paged = Start-TestServer -Arguments '--runbooks', '60', '--folders', '4', '--page-size', '5'

    # Stops a running command as Ctrl+C does. How long that may take is bounded, and far below any time-out of a request.
    function Stop-Command {
        param($Shell, $Running)
        $stopping = $Shell.BeginStop($null, $null)
        $stopping.AsyncWaitHandle.WaitOne(5000) | Should -BeTrue -Because 'the command should stop at once'
        $Running.AsyncWaitHandle.WaitOne(5000) | Should -BeTrue
        "$($Shell.InvocationStateInfo.State)" | Should -Be 'Stopped'
    }
}

AfterAll {
    Stop-TestServer $paged
}

Describe 'Ctrl+C' {
    BeforeEach {
        $null = New-TestStore
        $gate = Start-Gate -Target $paged.Base
        $null = New-OrchestratorConnector -Name A -ServiceUrl $paged.Atom -TimeoutSeconds 600
        $null = Sync-OrchestratorConnector A
        Set-OrchestratorConnector A -ServiceUrl $gate.Atom -Protocol Atom -Folder '\' -SkipTest -WarningAction Ignore
        $library = Get-SMRunbook | Format-List -Property * | Out-String
    }

    AfterEach {
        Stop-Gate $gate
    }

    It 'ends a synchronization before the first answer: nothing is changed, the history says so' {
        $shell = New-TestShell 'Sync-OrchestratorConnector A'
        $running = $shell.BeginInvoke()
        $null = Wait-Connection $gate
        "$((Get-OrchestratorConnector A).Status)" | Should -Be 'Running'
        Stop-Command $shell $running
        $shell.Dispose()
        $connector = Get-OrchestratorConnector A
        "$($connector.Status)" | Should -Be 'FinishedWithError'
        $connector.LastError | Should -BeLike '*cancelled*'
        $history = @(Get-OrchestratorConnectorHistory A)
        $history.Count | Should -Be 2
        $history[0].Error | Should -BeLike '*cancelled*not changed*'
        Get-SMRunbook | Format-List -Property * | Out-String | Should -BeExactly $library
    }

    It 'ends a synchronization between two pages: nothing is changed, and the next one works' {
        $shell = New-TestShell 'Sync-OrchestratorConnector A'
        $running = $shell.BeginInvoke()
        Open-Connection $gate (Wait-Connection $gate)
        # More than one connection is made only when the first page was read.
        $null = Wait-Connection $gate
        Stop-Command $shell $running
        $shell.Dispose()
        (Get-OrchestratorConnectorHistory A)[0].Error | Should -BeLike '*cancelled*'
        Get-SMRunbook | Format-List -Property * | Out-String | Should -BeExactly $library
        Set-OrchestratorConnector A -ServiceUrl $paged.Atom -WarningAction Ignore
        (Sync-OrchestratorConnector A).Unchanged | Should -Be 60
    }

    It 'ends <_>, and nothing is written' -ForEach @(
        'Sync-OrchestratorConnector A -WhatIf'
        'Test-OrchestratorConnector A'
        'Get-OrchestratorFolder A'
        'New-OrchestratorConnector New $args[0]'
        'Set-OrchestratorConnector A -Folder \Exchange'
    ) {
        $before = Get-OrchestratorConnector | Format-List -Property * | Out-String
        $shell = (New-TestShell $_).AddArgument($gate.Atom)
        $running = $shell.BeginInvoke()
        $null = Wait-Connection $gate
        Stop-Command $shell $running
        $shell.Dispose()
        Get-OrchestratorConnector | Format-List -Property * | Out-String | Should -BeExactly $before
        @(Get-OrchestratorConnectorHistory A).Count | Should -Be 1
    }

    It 'ends the whole pipeline, not only the present connector' {
        $null = New-OrchestratorConnector -Name B -ServiceUrl $paged.WebApi -WarningAction Ignore
        $shell = New-TestShell "Sync-OrchestratorConnector A, B"
        $running = $shell.BeginInvoke()
        $null = Wait-Connection $gate
        Stop-Command $shell $running
        $shell.Dispose()
        "$((Get-OrchestratorConnector B).Status)" | Should -Be 'NeverRun'
    }

    It 'leaves no connection and no lock behind' {
        $shell = New-TestShell 'Sync-OrchestratorConnector A'
        $running = $shell.BeginInvoke()
        $client = Wait-Connection $gate
        Stop-Command $shell $running
        $shell.Dispose()
        # The other end of the connection is closed: reading comes to an end instead of waiting.
        $client.ReceiveTimeout = 10000
        $buffer = New-Object -TypeName byte[] -ArgumentList 4096
        $stream = $client.GetStream()
        $end = $false
        try {
            while ($stream.Read($buffer, 0, $buffer.Length) -gt 0) {
                # What the request itself was.
            }
            $end = $true
        }
        catch [System.IO.IOException] {
            $end = $_.Exception.InnerException.SocketErrorCode -eq 'ConnectionReset'
        }
        $end | Should -BeTrue
        Remove-OrchestratorConnector A -Confirm:$false
        Get-SMRunbook | Should -BeNullOrEmpty
    }
}

Describe 'While a synchronization runs' {
    BeforeEach {
        $null = New-TestStore
        $gate = Start-Gate -Target $paged.Base
        $null = New-OrchestratorConnector -Name A -ServiceUrl $gate.Atom -Protocol Atom -SkipTest
        $shell = New-TestShell 'Sync-OrchestratorConnector A'
        $running = $shell.BeginInvoke()
        $first = Wait-Connection $gate
    }

    AfterEach {
        $shell.Dispose()
        Stop-Gate $gate
    }

    It 'a second one of the connector is ResourceBusy and names who has it' {
        $problem = Get-ErrorOf { Sync-OrchestratorConnector A }
        $problem.FullyQualifiedErrorId | Should -Be 'ResourceBusy,OrchestratorConnector.Commands.SyncOrchestratorConnectorCommand'
        "$($problem.CategoryInfo.Category)" | Should -Be 'ResourceBusy'
        $problem.Exception.Message | Should -BeLike "*$PID*"
        $result = Invoke-OtherShell 'Import-Module $module; try { Sync-OrchestratorConnector A } catch { $_.FullyQualifiedErrorId }'
        $result.Output | Should -BeLike 'ResourceBusy,*'
        Open-Connection $gate $first
        Wait-Behind $gate $running
        "$((Get-OrchestratorConnector A).Status)" | Should -Be 'FinishedSuccess'
        @(Get-OrchestratorConnectorHistory A).Count | Should -Be 1
    }

    It 'the connector can be disabled, and the run ends well' {
        Disable-OrchestratorConnector A
        Open-Connection $gate $first
        Wait-Behind $gate $running
        $shell.Streams.Error | Should -BeNullOrEmpty
        $connector = Get-OrchestratorConnector A
        "$($connector.Status)" | Should -Be 'FinishedSuccess'
        $connector.Enabled | Should -BeFalse
        $connector.RunbookCount | Should -Be 60
    }

    It 'the connector can be renamed, and the run ends well' {
        Set-OrchestratorConnector A -NewName B
        Open-Connection $gate $first
        Wait-Behind $gate $running
        $shell.Streams.Error | Should -BeNullOrEmpty
        (Get-OrchestratorConnector B).RunbookCount | Should -Be 60
    }

    It 'the connector can be removed: the run is ConnectorRemoved, and the library stays empty' {
        Remove-OrchestratorConnector A -Confirm:$false
        Open-Connection $gate $first
        Wait-Behind $gate $running
        $shell.Streams.Error[0].FullyQualifiedErrorId | Should -Be 'ConnectorRemoved,OrchestratorConnector.Commands.SyncOrchestratorConnectorCommand'
        Get-SMRunbook | Should -BeNullOrEmpty
        Get-OrchestratorConnector | Should -BeNullOrEmpty
    }

    It 'other connectors can be read, changed and synchronized' {
        $null = New-OrchestratorConnector -Name B -ServiceUrl $shared.WebApi -Folder '\Exchange'
        (Sync-OrchestratorConnector B).Added | Should -BeGreaterThan 0
        Sync-OrchestratorConnector -Due | Should -BeNullOrEmpty
        Open-Connection $gate $first
        Wait-Behind $gate $running
        (Get-OrchestratorConnector A).RunbookCount | Should -Be 60
    }
}

Describe 'A process that is killed while it synchronizes' {
    It 'leaves the library as it was, and the next one takes over' {
        $null = New-TestStore
        $gate = Start-Gate -Target $paged.Base
        try {
            $null = New-OrchestratorConnector -Name A -ServiceUrl $gate.Atom -Protocol Atom -SkipTest
            $other = Start-OtherShell 'Import-Module $module; Sync-OrchestratorConnector A'
            Open-Connection $gate (Wait-Connection $gate)
            $null = Wait-Connection $gate
            Stop-TestProcess $other
            Get-SMRunbook | Should -BeNullOrEmpty
            Set-OrchestratorConnector A -ServiceUrl $paged.Atom -WarningAction Ignore
            $result = Sync-OrchestratorConnector A
            "$($result.Status)" | Should -Be 'FinishedSuccess'
            $result.Added | Should -Be 60
            $history = Get-OrchestratorConnectorHistory A
            @($history).Count | Should -Be 2
            "$($history[1].Status)" | Should -Not -BeIn @('Running', 'FinishedSuccess')
        }
        finally {
            Stop-Gate $gate
        }
    }
}

Describe 'Whoever has enough downstream' {
    BeforeAll {
        $null = New-TestStore
        $null = New-OrchestratorConnector -Name A -ServiceUrl $shared.Atom
        $null = New-OrchestratorConnector -Name B -ServiceUrl $shared.WebApi -WarningAction Ignore
    }

    It 'ends Sync- after the first connector' {
        (Sync-OrchestratorConnector * | Select-Object -First 1).Connector | Should -Be 'A'
        "$((Get-OrchestratorConnector A).Status)" | Should -Be 'FinishedSuccess'
        "$((Get-OrchestratorConnector B).Status)" | Should -Be 'NeverRun'
    }

    It 'ends Get-, and the store can be written at once' {
        $null = Sync-OrchestratorConnector B
        (Get-SMRunbook | Select-Object -First 1).Name | Should -Not -BeNullOrEmpty
        @(Get-SMRunbook | Select-Object -First 7).Count | Should -Be 7
        (Get-OrchestratorConnector | Test-OrchestratorConnector | Select-Object -First 1).Connector | Should -Be 'A'
        (Get-OrchestratorFolder A | Select-Object -First 1).Path | Should -Not -BeNullOrEmpty
        Set-OrchestratorConnector A -Description 'Written'
        (Get-OrchestratorConnector A).Description | Should -Be 'Written'
    }

    It 'can write to the same store for every object' {
        # A reader that is still open is no obstacle to a writer.
        Get-SMRunbook -Connector A | Select-Object -First 5 | ForEach-Object { Set-OrchestratorConnector A -Description $_.Name }
        (Get-OrchestratorConnector A).Description | Should -Not -Be 'Written'
        Get-OrchestratorConnector | ForEach-Object { Sync-OrchestratorConnector $_.Name } | ForEach-Object { "$($_.Status)" } | Should -Be @('FinishedSuccess', 'FinishedSuccess')
    }

    It 'by an error downstream, ends the command and leaves no lock' {
        { Sync-OrchestratorConnector * | ForEach-Object { throw 'Enough.' } } | Should -Throw 'Enough.'
        (Sync-OrchestratorConnector A).Unchanged | Should -Be 120
    }
}

if ($hasThreadJob) {
    Describe 'A thread job' {
        It 'synchronizes' {
            $null = New-TestStore
            $null = New-OrchestratorConnector -Name A -ServiceUrl $shared.Atom
            $null = New-OrchestratorConnector -Name B -ServiceUrl $shared.WebApi -WarningAction Ignore
            $manifest = Get-ModuleManifestPath
            $jobs = 'A', 'B' | ForEach-Object { Start-ThreadJob -ArgumentList $manifest, $_ -ScriptBlock { Import-Module $args[0]; Sync-OrchestratorConnector $args[1] } }
            $results = $jobs | Receive-Job -Wait -AutoRemoveJob
            ($results | Sort-Object -Property Connector | ForEach-Object { "$($_.Connector) $($_.Added)" }) | Should -Be @('A 120', 'B 120')
        }

        It 'can be stopped' {
            $null = New-TestStore
            $gate = Start-Gate -Target $paged.Base
            $null = New-OrchestratorConnector -Name A -ServiceUrl $gate.Atom -Protocol Atom -SkipTest
            $job = Start-ThreadJob -ArgumentList (Get-ModuleManifestPath) -ScriptBlock { Import-Module $args[0]; Sync-OrchestratorConnector A }
            try {
                $null = Wait-Connection $gate
                Stop-Job -Job $job
                $null = Wait-Job -Job $job -Timeout 10
                "$($job.State)" | Should -Be 'Stopped'
                (Get-OrchestratorConnector A).LastError | Should -BeLike '*cancelled*'
            }
            finally {
                Remove-Job -Job $job -Force
                Stop-Gate $gate
            }
        }
    }
}

if ($hasParallel) {
    Describe 'Eight runspaces over one store' {
        It 'read and write at the same time, and no change is lost' {
            $null = New-TestStore
            1..8 | ForEach-Object { $null = New-OrchestratorConnector -Name "C$_" -ServiceUrl "http://c$_.invalid" -SkipTest }
            $manifest = Get-ModuleManifestPath
            $output = 1..8 | ForEach-Object -ThrottleLimit 8 -Parallel {
                Import-Module $using:manifest
                $ErrorActionPreference = 'Stop'
                for ($round = 1; $round -le 10; $round++) {
                    Set-OrchestratorConnector "C$_" -Description "Round $round"
                    Set-OrchestratorConnector C1 -TimeoutSeconds ($_ * 10 + $round)
                    @(Get-OrchestratorConnector).Count
                }
            }
            @($output).Count | Should -Be 80
            $output | Select-Object -Unique | Should -Be 8
            (Get-OrchestratorConnector).Description | Select-Object -Unique | Should -Be 'Round 10'
        }

        It 'synchronize eight connectors at once' {
            $null = New-TestStore
            1..8 | ForEach-Object { $null = New-OrchestratorConnector -Name "C$_" -ServiceUrl $shared.WebApi -SkipTest -WarningAction Ignore }
            $manifest = Get-ModuleManifestPath
            $results = 1..8 | ForEach-Object -ThrottleLimit 8 -Parallel {
                Import-Module $using:manifest
                Sync-OrchestratorConnector "C$_" -ErrorAction Stop
            }
            ($results | Measure-Object -Property Added -Sum).Sum | Should -Be 960
            @(Get-SMRunbook).Count | Should -Be 960
        }
    }
}
